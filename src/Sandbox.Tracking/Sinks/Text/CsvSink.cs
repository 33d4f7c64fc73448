using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;

namespace Sandbox.Tracking.Sinks.Text;

/// <summary>A CSV file, a metric a row.</summary>
internal sealed class CsvSink(string directory) : IMetricSink
{
    public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken) => Task.FromResult(AppendedFile.Append(
        Path.Combine(directory, $"{batch.Run.Id}.csv"), state,
        file => Write(file, [["time", "job", "attempt", "name", "step", "value"]]),
        file => Write(file, batch.Metrics.Select(Row))));

    private static string[] Row(TrackedMetric tracked) =>
    [
        tracked.Metric.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), tracked.JobId ?? string.Empty,
        tracked.Attempt?.ToString(CultureInfo.InvariantCulture) ?? string.Empty, tracked.Metric.Name,
        tracked.Metric.Step?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty, tracked.Metric.Value.ToString("R", CultureInfo.InvariantCulture),
    ];

    private static void Write(Stream file, IEnumerable<string[]> rows)
    {
        using var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var row in rows)
        {
            foreach (var field in row)
            {
                csv.WriteField(field);
            }

            csv.NextRecord();
        }
    }
}
