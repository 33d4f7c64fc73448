using Microsoft.EntityFrameworkCore;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Files;

/// <summary>The artifacts of a run as the database knows them.</summary>
internal sealed class ArtifactIndex(IDbContextFactory<RunsDbContext> contexts, string runId, string runDirectory)
    : IArtifactIndex
{
    public string? Find(IReadOnlyList<string> fullPaths, string? jobId)
    {
        using var db = contexts.CreateDbContext();
        var rows = db.Artifacts.AsNoTracking().Where(a => a.RunId == runId && (jobId == null || a.JobId == jobId));
        var file = rows.Where(a => fullPaths.Contains(a.FullPath)).OrderByDescending(a => a.Sequence).FirstOrDefault();
        return file is not null ? Full(file.CopyPath) : FindDirectory(rows, fullPaths);
    }

    // A directory has no row of its own: it is where the newest file below it lies, as many levels up as that file is
    // below the directory. The jobs' copies are laid out like the published paths.
    private string? FindDirectory(IQueryable<ArtifactRow> rows, IReadOnlyList<string> fullPaths)
    {
        foreach (var path in fullPaths)
        {
            var prefix = path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            var end = prefix[..^1] + (char)(Path.DirectorySeparatorChar + 1);
            var below = rows
                .Where(a => string.Compare(a.FullPath, prefix) > 0 && string.Compare(a.FullPath, end) < 0)
                .OrderByDescending(a => a.Sequence)
                .FirstOrDefault();
            if (below is not null)
            {
                var rest = below.FullPath[prefix.Length..];
                var copy = Full(below.CopyPath);
                return copy[..(copy.Length - rest.Length - 1)];
            }
        }

        return null;
    }

    private string Full(string copyPath) => Path.Combine(runDirectory, copyPath);
}
