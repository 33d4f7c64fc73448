using Sandbox.Core.Components;
using Sandbox.Engine.Jobs;

namespace Sandbox.Workflows.Jobs;

/// <summary>What a component may ask of the engine while it waits for something outside.</summary>
internal sealed class JobControl(JobExecution job) : IJobControl
{
    // Another worker that took the lease looks after what outlives this process, as the next one does after a stop.
    public bool IsInterrupted => job.StopReason is JobStopReason.Interrupted or JobStopReason.LeaseLost;

    public IDisposable WaitOutside() => job.WaitOutside();

    public void CountFrom(DateTimeOffset since) => job.CountFrom(since);

    public Task OwnAsync(CancellationToken cancellationToken) => job.OwnAsync(cancellationToken);
}
