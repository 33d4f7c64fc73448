using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Files;

/// <summary>The artifacts of a run as the database knows them: those of jobs that count. What jobs wrote before a config
/// was mended is found again once they are reached and their results still hold.</summary>
internal sealed class ArtifactIndex(IDbContextFactory<RunsDbContext> contexts, string runId, string runDirectory)
    : IArtifactIndex
{
    private static readonly Dictionary<string, string> NoFiles = [];

    public FoundCopy? Find(string fullPath, string iterationPath, string? jobId)
    {
        using var db = contexts.CreateDbContext();
        var rows = db.Artifacts.AsNoTracking().Where(a => a.RunId == runId && (jobId == null || a.JobId == jobId)
            && db.JobRecords.Any(r => r.RunId == runId && r.JobId == a.JobId && r.Origin != Origins.Superseded));
        var file = rows.Where(a => a.FullPath == fullPath || a.FullPath == iterationPath)
            .OrderByDescending(a => a.Sequence).FirstOrDefault();
        if (file is not null)
        {
            return new FoundCopy(Checked(file), NoFiles);
        }

        // A directory of which only iterations are written means this iteration's.
        var below = Below(rows, fullPath);
        return below.Keys.Any(path => !IsOfIteration(path)) ? Directory(below)
            : iterationPath == fullPath ? null
            : Directory(Below(rows, iterationPath));
    }

    // A directory has no row of its own. The jobs' copies are laid out like the published paths: it is as many levels
    // above a file's copy as the file is below it.
    private FoundCopy? Directory(Dictionary<string, string> below)
    {
        var roots = below.Select(f => f.Value[..(f.Value.Length - f.Key.Length - 1)]).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return roots.Count switch
        {
            0 => null,
            1 => new FoundCopy(roots[0], NoFiles),
            _ => new FoundCopy(null, below),
        };
    }

    /// <summary>The newest copy of every file below a directory, by its path below it.</summary>
    private Dictionary<string, string> Below(IQueryable<ArtifactRow> rows, string directory)
    {
        var prefix = directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var end = prefix[..^1] + (char)(Path.DirectorySeparatorChar + 1);
        var files = rows
            .Where(a => string.Compare(a.FullPath, prefix) > 0 && string.Compare(a.FullPath, end) < 0)
            .OrderBy(a => a.Sequence)
            .Select(a => new { a.FullPath, a.CopyPath });
        var newest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            newest[file.FullPath[prefix.Length..]] = Full(file.CopyPath);
        }

        return newest;
    }

    private static bool IsOfIteration(string below) => IterationPaths.RemoveIterations(below) != below
        && below.StartsWith("iter_", StringComparison.Ordinal);

    private string Checked(ArtifactRow row)
    {
        var copy = new FileInfo(Full(row.CopyPath));
        return copy.Exists && copy.Length == row.Bytes ? copy.FullName : throw new JobFailedException(
            $"The run's copy of {row.Path} ({copy.FullName}) {(copy.Exists ? "was changed" : "is gone")} since job {row.JobId} wrote it. "
            + "Start a new run.");
    }

    private string Full(string copyPath) => Path.Combine(runDirectory, copyPath);
}
