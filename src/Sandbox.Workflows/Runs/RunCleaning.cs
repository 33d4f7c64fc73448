using Sandbox.Workflows.Files;

namespace Sandbox.Workflows.Runs;

/// <summary>A run whose attempt directories were removed, or would be.</summary>
/// <param name="Id">The run.</param>
/// <param name="Bytes">Bytes in them; published files that are hard links keep theirs.</param>
/// <param name="Directory">Where they lie.</param>
public sealed record CleanedRun(string Id, long Bytes, string Directory);

/// <summary>Removes the attempt directories of runs that have ended. Logs, reports and published files stay, and so does what
/// another run still uses.</summary>
public sealed class RunCleaning
{
    private readonly RunQueries _queries;
    private readonly SharedCopies _shared;
    private readonly SandboxHome _home;
    private readonly TimeProvider _time;

    internal RunCleaning(RunQueries queries, SharedCopies shared, SandboxHome home, TimeProvider time) =>
        (_queries, _shared, _home, _time) = (queries, shared, home, time);

    /// <summary>Cleans.</summary>
    /// <param name="olderThan">Only runs that ended longer ago than this.</param>
    /// <param name="dryRun">Whether to only say what would go.</param>
    /// <param name="cancellationToken">Stops before the next run.</param>
    public async Task<IReadOnlyList<CleanedRun>> CleanAsync(TimeSpan olderThan, bool dryRun, CancellationToken cancellationToken)
    {
        var cleaned = new List<CleanedRun>();
        var runs = await _queries.ListAsync(int.MaxValue, cancellationToken, withTrials: true);
        var stay = runs.Where(r => !HasEnded(r, olderThan)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var users = await _shared.UsersAsync(cancellationToken);
        foreach (var run in runs.Where(r => !stay.Contains(r.Id) && !users[r.Id].Any(stay.Contains)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var directory = new DirectoryInfo(Path.Combine(_home.RunDirectory(run.Id), "jobs"));
            if (!directory.Exists)
            {
                continue;
            }

            cleaned.Add(new CleanedRun(run.Id, directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length), directory.FullName));
            if (!dryRun)
            {
                directory.Delete(recursive: true);
            }
        }

        return cleaned;
    }

    // One that has files to publish counts as interrupted: their only copies lie here.
    private bool HasEnded(RunView run, TimeSpan olderThan) =>
        run.State is RunStates.Finished or RunStates.Cancelled && _time.GetUtcNow() - (run.EndedAt ?? run.StartedAt) >= olderThan;
}
