using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;

namespace Sandbox.Tracking.Sinks.Text;

/// <summary>A file of JSON lines, a metric each.</summary>
internal sealed class JsonLinesSink(string directory) : IMetricSink
{
    public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken) => Task.FromResult(AppendedFile.Append(
        Path.Combine(directory, $"{batch.Run.Id}.jsonl"), state, _ => { },
        file =>
        {
            using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (var tracked in batch.Metrics)
            {
                var metric = tracked.Metric;
                writer.WriteLine(PythonJson.Write(new JsonObject
                {
                    ["time"] = metric.Time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                    ["job"] = tracked.JobId, ["attempt"] = tracked.Attempt, ["name"] = metric.Name, ["step"] = metric.Step, ["value"] = metric.Value,
                }));
            }
        }));
}
