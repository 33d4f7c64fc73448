using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>A pipeline as read, before its jobs are checked.</summary>
internal sealed record PipelineDraft(string Name, SourceLocation Location, IReadOnlyList<JobDraft> Jobs);

/// <summary>A job as read: well-formed, but not yet checked against other jobs, files and components.</summary>
internal sealed record JobDraft
{
    public required string Pipeline { get; init; }

    public required Stage Stage { get; init; }

    public required int Index { get; init; }

    /// <summary>Where the list names the job.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The job's own mapping, which may stand in a file of its own.</summary>
    public required ConfigMapping Node { get; init; }

    public string? JobFile { get; init; }

    /// <summary>Null where it is missing or no text, which has been reported.</summary>
    public ConfigScalar? Hook { get; init; }

    public string? MetaName { get; init; }

    /// <summary>Entries whose value is text.</summary>
    public IReadOnlyList<ConfigEntry> Inputs { get; init; } = [];

    public IReadOnlyList<ConfigEntry> Locals { get; init; } = [];

    public IReadOnlyList<ConfigScalar>? Outputs { get; init; }

    public RetryOptions? Retry { get; init; }

    public TimeSpan? Timeout { get; init; }

    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The job as messages name it.</summary>
    public string Name => MetaName ?? $"{Hook?.Text ?? "job"} {Index + 1} of {Stage.ConfigKey}";
}
