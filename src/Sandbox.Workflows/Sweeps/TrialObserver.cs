using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Hears the metric of a trial on its way, for early termination.</summary>
internal sealed class TrialObserver(SweepConfig sweep, Action<long, double> report) : IRunObserver
{
    private long _step;

    public void Metric(JobView job, string name, double value, double? step)
    {
        if (sweep.EarlyTerminate is not null && name == sweep.Metric?.Name)
        {
            report(step is { } given ? (long)given : Interlocked.Increment(ref _step), value);
        }
    }

    public void JobStarted(JobView job)
    {
    }

    public void JobProgress(JobView job, double? fraction, string text)
    {
    }

    public void JobWarning(JobView job, string text)
    {
    }

    public void JobEnded(JobView job)
    {
    }
}
