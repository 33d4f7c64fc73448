using Microsoft.EntityFrameworkCore;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Files;

/// <summary>Which runs keep files that other runs use, too: a trial that took a job's result from another one names its copy
/// there.</summary>
internal sealed class SharedCopies(IDbContextFactory<RunsDbContext> contexts)
{
    private const string Elsewhere = "../";

    /// <summary>By run: the other runs that use its files.</summary>
    public async Task<ILookup<string, string>> UsersAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Artifacts.AsNoTracking().Where(a => a.CopyPath.StartsWith(Elsewhere))
            .Select(a => new { a.RunId, a.CopyPath }).Distinct().ToListAsync(cancellationToken);
        return rows.SelectMany(r => OwnersOf(r.CopyPath, r.RunId).Select(owner => (owner, r.RunId))).Distinct().ToLookup(p => p.owner, p => p.RunId, StringComparer.Ordinal);
    }

    // A copy of a copy leads over several runs; the last one has the file.
    private static IEnumerable<string> OwnersOf(string copy, string user)
    {
        var path = Path.GetFullPath(copy, $"/{user}").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.Length > 1 ? [path[0]] : [];
    }
}
