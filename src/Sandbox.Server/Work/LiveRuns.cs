using System.Collections.Concurrent;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Work;

/// <summary>How far a running job is.</summary>
/// <param name="Fraction">From 0 to 1, or null where it is not known.</param>
/// <param name="Text">What is being done.</param>
internal sealed record LiveProgress(double? Fraction, string Text);

/// <summary>What is known of the runs that are worked here before it is committed.</summary>
internal sealed class LiveRuns
{
    private readonly ConcurrentDictionary<string, LiveRun> _runs = new(StringComparer.Ordinal);

    /// <summary>Opens a run for its worker.</summary>
    public IRunObserver Open(string runId) => _runs[runId] = new LiveRun();

    public void Close(string runId) => _runs.TryRemove(runId, out _);

    /// <summary>The run as it is worked here, or null.</summary>
    public LiveRun? Find(string runId) => _runs.GetValueOrDefault(runId);
}

/// <summary>A run that is worked here.</summary>
internal sealed class LiveRun : IRunObserver
{
    private readonly ConcurrentDictionary<string, LiveProgress> _progress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _warnings = new(StringComparer.Ordinal);

    public LiveProgress? Progress(string jobId) => _progress.GetValueOrDefault(jobId);

    public IReadOnlyCollection<string> Warnings(string jobId) => _warnings.TryGetValue(jobId, out var warnings) ? [.. warnings] : [];

    void IRunObserver.JobStarted(JobView job) => _progress[job.Id] = new LiveProgress(null, string.Empty);

    void IRunObserver.JobProgress(JobView job, double? fraction, string text) => _progress[job.Id] = new LiveProgress(fraction, text);

    // Committed every second: whoever looks finds them in the store.
    void IRunObserver.Metric(JobView job, string name, double value, double? step)
    {
    }

    void IRunObserver.JobWarning(JobView job, string text) =>
        _warnings.GetOrAdd(job.Id, _ => new ConcurrentQueue<string>()).Enqueue(text);

    void IRunObserver.JobEnded(JobView job) => _progress.TryRemove(job.Id, out _);
}
