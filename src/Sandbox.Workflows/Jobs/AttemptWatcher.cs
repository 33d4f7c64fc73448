using System.Collections.Concurrent;
using Sandbox.Core.Tracking;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Tracking;
using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Jobs;

/// <summary>Opens the watchers of attempts; whoever shows a run hears its metrics as they come.</summary>
internal sealed class AttemptWatchers(TrackingStore store)
{
    private readonly ConcurrentDictionary<string, Action<string, string, double, double?>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Lets a listener hear job, name, value and step of each metric of a run, until it is disposed.</summary>
    public IDisposable Listen(string runId, Action<string, string, double, double?> listener)
    {
        _listeners[runId] = listener;
        return new Listening(() => _listeners.TryRemove(runId, out _));
    }

    public AttemptWatcher Open(JobExecution job, TimeProvider time) => new(
        new LocalWatcher(store, time, job.InstanceId, job.JobId, job.Attempt), job, time, Tell);

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

/// <summary>The watcher of one attempt. What it collects is committed every second, so that hours of training are not
/// lost, and the rest together with the job's result.</summary>
internal sealed class AttemptWatcher : IWatcher, IAsyncDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);
    private readonly LocalWatcher _local;
    private readonly JobExecution _job;
    private readonly Action<string, string, string, double, double?> _tell;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _flushing;

    public AttemptWatcher(
        LocalWatcher local, JobExecution job, TimeProvider time, Action<string, string, string, double, double?> tell)
    {
        (_local, _job, _tell) = (local, job, tell);
        _flushing = FlushAsync(time);
    }

    public void Watch(string metaName, JsonNode? result) => _local.Watch(metaName, result);

    public void Log(string name, double value, double? step = null)
    {
        _local.Log(name, value, step);
        _tell(_job.InstanceId, _job.JobId, name, value, step);
    }

    public void WatchConfigs(string prefix, JsonObject configs) => _local.WatchConfigs(prefix, configs);

    public Task<JsonNode?> QueryAsync(string metaName, CancellationToken cancellationToken) =>
        _local.QueryAsync(metaName, cancellationToken);

    /// <summary>Stops the commits in between and gives what belongs into the result's.</summary>
    public async Task<ICommitWork> FinishAsync()
    {
        await StopAsync();
        return new TrackingCommit(_local.Drain(AttemptStanding.Won));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _flushing;
    }

    private async Task FlushAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(FlushEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (_local.PendingCount > 0)
                {
                    // Not to be cancelled half-way: what was drained must be written.
                    await _job.CommitAsync(new TrackingCommit(_local.Drain(AttemptStanding.Running)), CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt ended.
        }
        catch (Engine.Leases.LeaseLostException)
        {
            // Another worker has the instance: the result's commit will say so.
        }
    }
}

/// <summary>Metrics and results that ride in the engine's commit.</summary>
internal sealed class TrackingCommit(TrackingBatch batch) : ICommitWork
{
    public Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken) => batch.IsEmpty
        ? Task.CompletedTask
        : TrackingWriter.WriteAsync(scope.Connection, scope.Transaction, batch, cancellationToken);
}
