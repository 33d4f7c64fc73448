using System.Text.Json.Nodes;

namespace Sandbox.Core.Tracking;

/// <summary>One value of a metric.</summary>
/// <param name="Name">Dotted name, as in <c>train_model.loss</c>.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
/// <param name="Step">Step of the training or null.</param>
/// <param name="Time">When it was measured.</param>
/// <param name="Stream">The log that it was read from, or null.</param>
/// <param name="ByteOffset">Where its line starts in that log, or null.</param>
public sealed record Metric(
    string Name, double Value, double? Step, DateTimeOffset Time, string? Stream = null, long? ByteOffset = null);

/// <summary>
/// Upstream's watcher for one attempt of one job: results, metrics and configs go into the local store in the commit
/// that records the job, and what was watched before can be asked for.
/// </summary>
public interface IWatcher
{
    /// <summary>Records a result under a meta name: whole, for <see cref="QueryAsync"/>, and its numbers as metrics,
    /// nested objects flattened with dots.</summary>
    void Watch(string metaName, JsonNode? result);

    /// <summary>Records one value of a metric.</summary>
    void Log(string name, double value, double? step = null);

    /// <summary>Records a metric that was read from a log. Read again from the same place, it counts once.</summary>
    void Record(Metric metric) => Log(metric.Name, metric.Value, metric.Step);

    /// <summary>Makes what was recorded so far safe; false where that cannot be done now and is tried again later.</summary>
    Task<bool> FlushAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Records configs under a prefix.</summary>
    void WatchConfigs(string prefix, JsonObject configs);

    /// <summary>The newest result watched under a meta name in this run, also by another pipeline; null if none.</summary>
    Task<JsonNode?> QueryAsync(string metaName, CancellationToken cancellationToken);
}
