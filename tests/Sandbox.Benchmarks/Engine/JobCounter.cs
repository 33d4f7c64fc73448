using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Runs;

namespace Sandbox.Benchmarks.Engine;

/// <summary>Tells how many jobs have ended, whoever runs them, and how long it took from the first job's lease to the
/// last one's committed result, on the clock and in processor time, which a busy machine hardly changes.</summary>
internal sealed class JobCounter(Action<int> ended) : IRuntimeObserver, IRunObserver
{
    private int _count;
    private long _begin;
    private long _end;
    private TimeSpan _processorBegin;
    private TimeSpan _processorEnd;

    /// <summary>From the first start to the last end.</summary>
    public double Seconds => TimeProvider.System.GetElapsedTime(_begin, _end).TotalSeconds;

    /// <summary>Processor time of the whole process in between.</summary>
    public double ProcessorSeconds => (_processorEnd - _processorBegin).TotalSeconds;

    void IRuntimeObserver.JobStarted(JobEvent job) => Start();

    void IRuntimeObserver.JobProgress(JobEvent job, double? fraction, string text)
    {
    }

    void IRuntimeObserver.JobFinished(JobEvent job, JobResult result) => End();

    void IRunObserver.JobStarted(JobView job) => Start();

    void IRunObserver.JobProgress(JobView job, double? fraction, string text)
    {
    }

    void IRunObserver.Metric(JobView job, string name, double value, double? step)
    {
    }

    void IRunObserver.JobWarning(JobView job, string text)
    {
    }

    void IRunObserver.JobEnded(JobView job) => End();

    private void Start()
    {
        if (Interlocked.CompareExchange(ref _begin, TimeProvider.System.GetTimestamp(), 0) == 0)
        {
            _processorBegin = Environment.CpuUsage.TotalTime;
        }
    }

    private void End()
    {
        (_end, _processorEnd) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        ended(Interlocked.Increment(ref _count));
    }
}
