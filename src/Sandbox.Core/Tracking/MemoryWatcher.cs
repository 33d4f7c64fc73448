using System.Text.Json.Nodes;

namespace Sandbox.Core.Tracking;

/// <summary>A watcher that keeps everything in memory: for work outside a run.</summary>
/// <param name="time">The clock for the metrics.</param>
public sealed class MemoryWatcher(TimeProvider time) : IWatcher
{
    private readonly Lock _lock = new();
    private readonly List<KeyValuePair<string, JsonNode?>> _results = [];
    private readonly List<Metric> _metrics = [];
    private readonly Dictionary<string, JsonObject> _configs = new(StringComparer.Ordinal);

    /// <summary>The results watched so far, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Results
    {
        get
        {
            lock (_lock)
            {
                return [.. _results];
            }
        }
    }

    /// <summary>The metrics logged so far, in order.</summary>
    public IReadOnlyList<Metric> Metrics
    {
        get
        {
            lock (_lock)
            {
                return [.. _metrics];
            }
        }
    }

    /// <summary>The configs watched so far, by prefix.</summary>
    public IReadOnlyDictionary<string, JsonObject> Configs
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, JsonObject>(_configs, StringComparer.Ordinal);
            }
        }
    }

    /// <inheritdoc />
    public void Watch(string metaName, JsonNode? result)
    {
        lock (_lock)
        {
            _results.Add(KeyValuePair.Create(metaName, result?.DeepClone()));
        }
    }

    /// <inheritdoc />
    public void Log(string name, double value, double? step = null) => Record(new Metric(name, value, step, time.GetUtcNow()));

    /// <inheritdoc />
    public void Record(Metric metric)
    {
        lock (_lock)
        {
            _metrics.Add(metric);
        }
    }

    /// <inheritdoc />
    public void WatchConfigs(string prefix, JsonObject configs)
    {
        lock (_lock)
        {
            _configs[prefix] = (JsonObject)configs.DeepClone();
        }
    }

    /// <inheritdoc />
    public Task<JsonNode?> QueryAsync(string metaName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_results.FindLast(r => r.Key == metaName).Value?.DeepClone());
        }
    }
}
