using Sandbox.Components.Programs;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;

namespace Sandbox.Workflows.Runs;

/// <summary>Ends programs of a run that no job waits for: their job was cancelled or replaced while nobody looked after it.</summary>
internal sealed class RunPrograms(ProgramHost programs, InstanceQueries instances, SandboxHome home)
{
    /// <summary>Ends them, and waits for that.</summary>
    public async Task EndOrphansAsync(string runId, CancellationToken cancellationToken)
    {
        var jobs = Path.Combine(home.RunDirectory(runId), "jobs");
        var running = Directory.Exists(jobs)
            ? Directory.EnumerateDirectories(jobs).SelectMany(Directory.EnumerateDirectories)
                .Where(attempt => programs.Open(attempt).Count > 0).ToList()
            : [];
        if (running.Count == 0)
        {
            return;
        }

        var awaited = (await instances.JobsAsync(runId, cancellationToken))
            .Where(j => j.State is JobState.Queued or JobState.Running)
            .Select(j => home.ProgramDirectory(runId, j.Id, j.Attempt)).ToHashSet(StringComparer.Ordinal);
        await Task.WhenAll(running.Where(a => !awaited.Contains(a)).Select(a => programs.EndAsync(a, cancellationToken)));
    }
}
