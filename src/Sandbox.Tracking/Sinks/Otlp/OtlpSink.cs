using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Tracking.Sinks.Otlp;

/// <summary>OpenTelemetry: gauges over OTLP/HTTP in its JSON form. The library's exporter sends what is measured now and forgets
/// what it could not send; here each value keeps its time, and is sent later where it could not be.</summary>
/// <param name="client">A client whose base address is the collector's.</param>
internal sealed class OtlpSink(HttpClient client) : IMetricSink
{
    private const int MostPoints = 2000;

    public async Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
    {
        foreach (var metrics in batch.Metrics.Where(m => double.IsFinite(m.Metric.Value)).Chunk(MostPoints))
        {
            using var answer = await client.PostAsJsonAsync(new Uri("v1/metrics", UriKind.Relative), Request(batch.Run, metrics), cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        return state.DeepClone().AsObject();
    }

    private static JsonObject Request(SinkRun run, IEnumerable<TrackedMetric> metrics) => new()
    {
        ["resourceMetrics"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject
            {
                ["attributes"] = new JsonArray(Attribute("service.name", "sandbox"), Attribute("sandbox.project", run.Project), Attribute("sandbox.run", run.Id)),
            },
            ["scopeMetrics"] = new JsonArray(new JsonObject
            {
                ["scope"] = new JsonObject { ["name"] = "sandbox.metrics" },
                ["metrics"] = new JsonArray([.. metrics.GroupBy(m => m.Metric.Name, StringComparer.Ordinal).Select(Gauge)]),
            }),
        }),
    };

    private static JsonNode Gauge(IGrouping<string, TrackedMetric> metric) => new JsonObject
    {
        ["name"] = metric.Key,
        ["gauge"] = new JsonObject { ["dataPoints"] = new JsonArray([.. metric.Select(Point)]) },
    };

    private static JsonNode Point(TrackedMetric tracked)
    {
        var attributes = new JsonArray();
        if (tracked.JobId is { } job)
        {
            attributes.Add(Attribute("sandbox.job", job));
        }

        if (tracked.Metric.Step is { } step)
        {
            attributes.Add(Attribute("sandbox.step", step.ToString("R", CultureInfo.InvariantCulture)));
        }

        var nanoseconds = (tracked.Metric.Time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        return new JsonObject
        {
            ["timeUnixNano"] = nanoseconds.ToString(CultureInfo.InvariantCulture), ["asDouble"] = tracked.Metric.Value, ["attributes"] = attributes,
        };
    }

    private static JsonObject Attribute(string key, string value) => new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };
}
