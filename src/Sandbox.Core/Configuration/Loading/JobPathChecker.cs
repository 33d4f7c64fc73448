using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Checks that what jobs read is there, or is written by a job before.</summary>
internal sealed class JobPathChecker(IConfigFiles files, Findings findings)
{
    private readonly List<string> _refinedExports = [];
    private int _refinedWritten;
    private bool _hasUnknownWrites;

    /// <summary>What the jobs so far write.</summary>
    public PathIndex Written { get; } = new(files);

    /// <summary>Checks what the next job reads and records what it writes.</summary>
    public void Check(JobDraft job, ConfigSlot dj, ConfigSlot extra, IReadOnlyList<JobPath> paths)
    {
        CheckReads(job, dj, extra, paths);
        RecordWrites(job, dj, extra, paths);
    }

    /// <summary>Records the recipe of a job that refines it: its result exports to the same path.</summary>
    public void RecordRefined(JsonObject? recipe)
    {
        if (recipe?["export_path"] is JsonValue export && export.TryGetValue(out string? path) && path.Length is > 0 and <= PathIndex.MaxLength)
        {
            _refinedExports.Add(path);
        }
    }

    private void CheckReads(JobDraft job, ConfigSlot dj, ConfigSlot extra, IReadOnlyList<JobPath> paths)
    {
        foreach (var path in paths.Where(p => !IsUnknown(job, p)))
        {
            if (path.Path.Length > PathIndex.MaxLength)
            {
                findings.Error(Place(job, dj, extra, path), $"{path.Key}: the path is longer than {PathIndex.MaxLength} characters.");
            }
            else if (path.Access == PathAccess.Read && !_hasUnknownWrites && !files.Exists(path.Path) && !Written.Covers(path.Path))
            {
                findings.Error(
                    Place(job, dj, extra, path),
                    $"{path.Key}: \"{path.Path}\" does not exist (looked for {files.FullPath(path.Path)}), and no earlier job writes it.");
            }
        }
    }

    private void RecordWrites(JobDraft job, ConfigSlot dj, ConfigSlot extra, IReadOnlyList<JobPath> paths)
    {
        var written = paths
            .Where(p => p.Access == PathAccess.Write && p.Path.Length is > 0 and <= PathIndex.MaxLength && !IsUnknown(job, p))
            .Select(p => p.Path);

        // A recipe that a job refines keeps its export_path; where another is to come, nobody knows yet what it writes.
        foreach (var path in dj.IsPending ? written.Concat(_refinedExports.Skip(_refinedWritten)) : written)
        {
            Written.Write(path);
        }

        _refinedWritten = dj.IsPending ? _refinedExports.Count : _refinedWritten;

        _hasUnknownWrites |= extra.IsPending
            || (dj.IsPending && _refinedExports.Count == 0)
            || job.Inputs.Any(i => i.Key.EndsWith(".export_path", StringComparison.Ordinal));
    }

    private static bool IsUnknown(JobDraft job, JobPath path) =>
        path.Path.Length == 0
        || path.Path.Contains("://", StringComparison.Ordinal)
        || job.Inputs.Any(e => path.Key == e.Key || path.Key.StartsWith(e.Key + ".", StringComparison.Ordinal));

    private static SourceLocation Place(JobDraft job, ConfigSlot dj, ConfigSlot extra, JobPath path) =>
        OptionLocator.LocateText(job, path.Key.StartsWith(dj.Key, StringComparison.Ordinal) ? dj : extra, path.Key, path.Path)
        ?? OptionLocator.Locate(job, dj, extra, path.Key);
}
