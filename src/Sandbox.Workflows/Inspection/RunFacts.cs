using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Inspection;

/// <summary>What a run was started with.</summary>
public sealed record RunSettings
{
    /// <summary>The YAML as it was; null for a run of a definition.</summary>
    public string? ConfigText { get; init; }

    /// <summary>The overrides of the command line.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Below it the run published what its config does not place elsewhere.</summary>
    public required string WorkDir { get; init; }

    /// <summary>Host, program version and the like.</summary>
    public required JsonObject Environment { get; init; }

    /// <summary>Warnings found when the config was checked.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>A file that a job wrote, of which the run keeps a copy.</summary>
/// <param name="Id">Its number in the home.</param>
/// <param name="JobId">The job.</param>
/// <param name="Path">The path as the config names it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Hash of its content.</param>
/// <param name="IsPublished">Whether it stands under that path.</param>
public sealed record RunArtifact(long Id, string JobId, string Path, long Bytes, string Sha256, bool IsPublished);

/// <summary>A data set that a job read.</summary>
/// <param name="FullPath">The path that it was read under.</param>
/// <param name="File">The file or directory that holds it: the run's own copy where the run wrote it.</param>
/// <param name="IsCopy">Whether it is the run's own copy, which nobody else changes.</param>
public sealed record ReadFile(string FullPath, string File, bool IsCopy);

/// <summary>What a finished job read and left behind.</summary>
/// <param name="Attempt">The attempt that won.</param>
/// <param name="Reads">What it read.</param>
/// <param name="Scratch">The directory of files that are kept with the run and never published; null where it was cleaned
/// away.</param>
public sealed record JobRemains(int Attempt, IReadOnlyList<ReadFile> Reads, string? Scratch);
