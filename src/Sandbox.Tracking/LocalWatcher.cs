using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Tracking;

namespace Sandbox.Tracking;

/// <summary>
/// Collects what one attempt of a job watches, until a commit of the job takes it along (<see cref="Drain"/>). Safe to
/// call from several threads.
/// </summary>
public sealed class LocalWatcher : IWatcher
{
    private readonly Lock _gate = new();
    private readonly TrackingStore _store;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _newest = new(StringComparer.Ordinal);
    private List<Metric> _metrics = [];
    private List<PendingResult> _results = [];
    private List<PendingConfigs> _configs = [];

    /// <summary>A watcher for one attempt.</summary>
    /// <param name="store">Where results of earlier jobs are asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="runId">The run.</param>
    /// <param name="jobId">The job; null for the run as a whole.</param>
    /// <param name="attempt">The job's attempt; null without a job.</param>
    public LocalWatcher(TrackingStore store, TimeProvider time, string runId, string? jobId, int? attempt)
    {
        _store = store;
        _time = time;
        RunId = runId;
        JobId = jobId;
        Attempt = attempt;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The job, or null.</summary>
    public string? JobId { get; }

    /// <summary>The attempt, or null.</summary>
    public int? Attempt { get; }

    /// <summary>How many records wait for a commit.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _metrics.Count + _results.Count + _configs.Count;
            }
        }
    }

    /// <inheritdoc />
    public void Watch(string metaName, JsonNode? result)
    {
        var now = _time.GetUtcNow();
        var json = PythonJson.Write(result);
        var metrics = MetricNames.Flatten(metaName, result).Select(m => new Metric(m.Key, m.Value, null, now)).ToList();
        lock (_gate)
        {
            _newest[metaName] = json;
            _results.Add(new PendingResult(metaName, json, now));
            _metrics.AddRange(metrics);
        }
    }

    /// <inheritdoc />
    public void Log(string name, double value, double? step = null) => Record(new Metric(name, value, step, _time.GetUtcNow()));

    /// <summary>Records a metric that was read from a log. Read again from the same place, it is stored once.</summary>
    public void Record(Metric metric)
    {
        lock (_gate)
        {
            _metrics.Add(metric);
        }
    }

    /// <inheritdoc />
    public void WatchConfigs(string prefix, JsonObject configs)
    {
        var pending = new PendingConfigs(prefix, PythonJson.Write(configs), _time.GetUtcNow());
        lock (_gate)
        {
            _configs.Add(pending);
        }
    }

    /// <inheritdoc />
    public async Task<JsonNode?> QueryAsync(string metaName, CancellationToken cancellationToken)
    {
        string? json;
        lock (_gate)
        {
            json = _newest.GetValueOrDefault(metaName);
        }

        return json is not null
            ? PythonJson.Parse(json, metaName)
            : (await _store.FindResultAsync(RunId, metaName, JobId, Attempt, cancellationToken))?.Result;
    }

    /// <summary>Takes everything that waits, for a commit of the job. The watcher goes on knowing its results.</summary>
    /// <param name="standing">How the attempt stands after that commit.</param>
    public TrackingBatch Drain(AttemptStanding standing)
    {
        lock (_gate)
        {
            var batch = new TrackingBatch
            {
                RunId = RunId,
                JobId = JobId,
                Attempt = Attempt,
                Metrics = _metrics,
                Results = _results,
                Configs = _configs,
                Standing = standing,
            };
            (_metrics, _results, _configs) = ([], [], []);
            return batch;
        }
    }
}
