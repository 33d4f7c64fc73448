using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Runs;

namespace Sandbox.Benchmarks.Engine;

/// <summary>Tells how many jobs have ended, whoever runs them.</summary>
internal sealed class JobCounter(Action<int> ended) : IRuntimeObserver, IRunObserver
{
    private int _count;

    void IRuntimeObserver.JobStarted(JobEvent job)
    {
    }

    void IRuntimeObserver.JobProgress(JobEvent job, double? fraction, string text)
    {
    }

    void IRuntimeObserver.JobFinished(JobEvent job, JobResult result) => ended(Interlocked.Increment(ref _count));

    void IRunObserver.JobStarted(JobView job)
    {
    }

    void IRunObserver.JobProgress(JobView job, double? fraction, string text)
    {
    }

    void IRunObserver.Metric(JobView job, string name, double value, double? step)
    {
    }

    void IRunObserver.JobEnded(JobView job) => ended(Interlocked.Increment(ref _count));
}
