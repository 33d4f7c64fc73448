using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Context;
using Sandbox.Core.Tracking;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Tracking;
using Sandbox.Workflows.Files;

namespace Sandbox.Workflows.Jobs;

/// <summary>The watcher of one attempt. What it collects is committed within a second, so that hours of training are not
/// lost, and the rest together with the job's result. What cannot be written now is kept for the next commit.</summary>
internal sealed class AttemptWatcher : IWatcher, IAsyncDisposable
{
    private readonly LocalWatcher _local;
    private readonly JobExecution _job;
    private readonly ILogger _logger;
    private readonly Action<string, string, string, double, double?> _tell;
    private readonly ConcurrentDictionary<string, string> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _own = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly List<TrackingBatch> _unwritten = [];
    private readonly FlushMoments _moments;
    private bool _hasWritten;

    public AttemptWatcher(
        LocalWatcher local, JobExecution job, TimeProvider time, ILogger logger, Action<string, string, string, double, double?> tell)
    {
        (_local, _job, _logger, _tell) = (local, job, logger, tell);
        if (job.Fence > 1)
        {
            // Under the first lease of a run nobody can have left anything of this attempt.
            _unwritten.Add(_local.Drain(AttemptStanding.Running) with { StartsOver = true });
        }

        _moments = new FlushMoments(WriteAsync, time);
    }

    /// <summary>Results of other jobs that were asked for: meta names, and what came as SHA-256 of its JSON.</summary>
    public IReadOnlyDictionary<string, string> Asked => _asked;

    /// <summary>The mark of a result among the things that a job's result depends on.</summary>
    public static string HashOf(JsonNode? result) => FileHash.OfText(PythonJson.Write(result));

    public void Watch(string metaName, JsonNode? result)
    {
        _own[metaName] = true;
        _local.Watch(metaName, result);
        _moments.Ask();
    }

    public void Log(string name, double value, double? step = null)
    {
        _local.Log(name, value, step);
        _moments.Ask();
        _tell(_job.InstanceId, _job.JobId, name, value, step);
    }

    public void Record(Metric metric)
    {
        _local.Record(metric);
        _moments.Ask();
        _tell(_job.InstanceId, _job.JobId, metric.Name, metric.Value, metric.Step);
    }

    public Task<bool> FlushAsync(CancellationToken cancellationToken) => WriteAsync();

    public void WatchConfigs(string prefix, JsonObject configs)
    {
        _local.WatchConfigs(prefix, configs);
        _moments.Ask();
    }

    public async Task<JsonNode?> QueryAsync(string metaName, CancellationToken cancellationToken)
    {
        var result = await _local.QueryAsync(metaName, cancellationToken);
        if (!_own.ContainsKey(metaName))
        {
            _asked[metaName] = HashOf(result);
        }

        return result;
    }

    /// <summary>Lets a finished step be recorded together with all that was watched up to its end.</summary>
    public async Task FinishStepAsync(Func<IReadOnlyList<ICommitWork>, Task> record)
    {
        await _writing.WaitAsync();
        try
        {
            var last = _local.Drain(AttemptStanding.StepFinished);
            _unwritten.Add(last with { Standing = AttemptStanding.Running });
            _hasWritten = true;
            await record([new TrackingCommit([.. _unwritten[..^1], last])]);
            _unwritten.Clear();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Stops the commits in between and gives what belongs into the result's.</summary>
    public async Task<ICommitWork> FinishAsync()
    {
        await _moments.DisposeAsync();

        // Where a job's first attempt recorded nothing, there is nothing that its mark could set apart from others.
        var recordedNothing = _job is { Attempt: 1, Fence: 1 } && !_hasWritten && _local.PendingCount == 0;
        return new TrackingCommit(recordedNothing ? [] : [.. _unwritten, _local.Drain(AttemptStanding.Won)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _moments.DisposeAsync();
        _writing.Dispose();
    }

    private async Task<bool> WriteAsync()
    {
        if (_local.PendingCount == 0 && _unwritten.TrueForAll(b => b.IsEmpty || b.StartsOver))
        {
            return true;
        }

        await _writing.WaitAsync();
        try
        {
            _hasWritten = true;
            _unwritten.Add(_local.Drain(AttemptStanding.Running));
            await _job.CommitAsync(new TrackingCommit([.. _unwritten]), CancellationToken.None);
            _unwritten.Clear();
            return true;
        }
        catch (Engine.Leases.LeaseLostException)
        {
            // Another worker has the instance: the result's commit will say so.
            _moments.End();
            return false;
        }
        catch (Exception e)
        {
            // The job goes on: a database that is busy or full for a while must not cost hours of work.
            AttemptLog.MetricsWait(_logger, e);
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }
}
