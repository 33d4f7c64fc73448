using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Jobs;
using Sandbox.Tracking;

namespace Sandbox.Workflows.Jobs;

/// <summary>Opens the watchers of attempts; whoever shows a run hears its metrics as they come.</summary>
internal sealed class AttemptWatchers(TrackingStore store)
{
    private readonly ConcurrentDictionary<string, Action<string, string, double, double?>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Lets a listener hear job, name, value and step of each metric of a run, until it is disposed.</summary>
    public IDisposable Listen(string runId, Action<string, string, double, double?> listener)
    {
        _listeners[runId] = listener;
        return new Listening(() => _listeners.TryRemove(KeyValuePair.Create(runId, listener)));
    }

    public AttemptWatcher Open(JobExecution job, TimeProvider time, ILogger logger) => new(
        new LocalWatcher(store, time, job.InstanceId, job.JobId, job.Attempt), job, time, logger, Tell);

    private void Tell(string runId, string jobId, string name, double value, double? step)
    {
        if (_listeners.TryGetValue(runId, out var listener))
        {
            listener(jobId, name, value, step);
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
