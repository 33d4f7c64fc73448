namespace Sandbox.Workflows.Runs;

/// <summary>A run whose attempt directories were removed, or would be.</summary>
/// <param name="Id">The run.</param>
/// <param name="Bytes">Bytes in them; published files that are hard links keep theirs.</param>
/// <param name="Directory">Where they lie.</param>
public sealed record CleanedRun(string Id, long Bytes, string Directory);

/// <summary>Removes the attempt directories of runs that have ended. Logs, reports and published files stay.</summary>
public sealed class RunCleaning(RunQueries queries, SandboxHome home, TimeProvider time)
{
    /// <summary>Cleans.</summary>
    /// <param name="olderThan">Only runs that ended longer ago than this.</param>
    /// <param name="dryRun">Whether to only say what would go.</param>
    /// <param name="cancellationToken">Stops before the next run.</param>
    public async Task<IReadOnlyList<CleanedRun>> CleanAsync(TimeSpan olderThan, bool dryRun, CancellationToken cancellationToken)
    {
        var cleaned = new List<CleanedRun>();
        foreach (var run in await queries.ListAsync(int.MaxValue, cancellationToken, withTrials: true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var directory = new DirectoryInfo(Path.Combine(home.RunDirectory(run.Id), "jobs"));
            // One that has files to publish counts as interrupted: their only copies lie here.
            var ended = run.State is RunStates.Finished or RunStates.Cancelled;
            if (!ended || !directory.Exists || time.GetUtcNow() - (run.EndedAt ?? run.StartedAt) < olderThan)
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
}
