using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Prints the log lines of a run's jobs that were not printed before.</summary>
internal sealed class LogTail(CliSession session, CliConsole console, bool json, string? jobFilter)
{
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    public async Task PrintAsync(RunView run, CancellationToken cancellationToken)
    {
        var jobs = JobChoice.Of(run, jobFilter);
        foreach (var job in jobs.Where(j => File.Exists(session.Home.JobLog(run.Id, j.Id))))
        {
            await PrintAsync(run, job, jobs.Count > 1, cancellationToken);
        }
    }

    private async Task PrintAsync(RunView run, JobView job, bool named, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            session.Home.JobLog(run.Id, job.Id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _offsets.GetValueOrDefault(job.Id);
        var bytes = new byte[stream.Length - stream.Position];
        await stream.ReadExactlyAsync(bytes, cancellationToken);

        // A line that is still being written waits for its end.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _offsets[job.Id] = _offsets.GetValueOrDefault(job.Id) + whole;
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (json)
            {
                console.Json(new { job = job.Id, metaName = job.MetaName, line });
            }
            else
            {
                console.Output.WriteLine(named ? $"{JobText.Name(job)} | {line}" : line);
            }
        }
    }
}

/// <summary>Chooses jobs of a run by id or meta name.</summary>
internal static class JobChoice
{
    /// <summary>The jobs meant; all without a filter.</summary>
    /// <exception cref="FaultException">There is no such job.</exception>
    public static IReadOnlyList<JobView> Of(RunView run, string? filter)
    {
        if (filter is null)
        {
            return run.Jobs;
        }

        var found = run.Jobs.Where(j => j.Id == filter || j.MetaName == filter).ToList();
        return found.Count > 0
            ? found
            : throw new FaultException(
                $"Run {run.Id} has no job \"{filter}\".{Suggestion.For(filter, run.Jobs.Select(JobText.Name))}");
    }
}
