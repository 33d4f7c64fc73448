using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Tracking.Sinks.TensorBoard;

/// <summary>An event file for each run. Metrics without a step get their number among those of their name.</summary>
/// <param name="directory">The log directory.</param>
internal sealed class TensorBoardSink(string directory) : IMetricSink
{
    private const string Writer = "sandbox.workflows";
    private const string Counts = "counts";

    public static string PathOf(string directory, SinkRun run) => Path.Combine(
        directory, run.Id, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{run.StartedAt.ToUnixTimeSeconds()}.sandbox.0.{run.Id}"));

    public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
    {
        var counts = state[Counts]?.DeepClone().AsObject() ?? [];
        var next = AppendedFile.Append(
            PathOf(directory, batch.Run), state,
            file => EventFile.Append(file, TensorBoardEvents.Version(Seconds(batch.Run.StartedAt), Writer).ToArray()),
            file =>
            {
                foreach (var metric in batch.Metrics.Select(m => m.Metric))
                {
                    var count = counts[metric.Name]?.GetValue<long>() ?? 0;
                    counts[metric.Name] = count + 1;
                    var scalar = TensorBoardEvents.Scalar(Seconds(metric.Time), (long?)metric.Step ?? count, metric.Name.Replace('.', '/'), metric.Value);
                    EventFile.Append(file, scalar.ToArray());
                }
            });
        next[Counts] = counts;
        return Task.FromResult(next);
    }

    private static double Seconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerSecond;
}
