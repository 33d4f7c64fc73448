using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Optimization.Sweeps;
using Sandbox.Tracking;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Finds the values of a sweep's metrics in a trial: by a key of its context infos
/// (<c>pipeline.meta_name.output</c>, the newest iteration), else the last value of the metric of that name.</summary>
internal sealed class TrialValues(RunsDatabase database, TrackingStore tracking)
{
    /// <summary>A value for each metric; NaN where there is none.</summary>
    public async Task<IReadOnlyList<double>> FindAsync(string runId, IReadOnlyList<SweepMetric> metrics, CancellationToken cancellationToken)
    {
        var records = await RunRecords.LoadAsync(database, runId, cancellationToken);
        var iteration = records.Current.Select(r => r.Iteration).DefaultIfEmpty(1).Max();
        var context = records.Iteration(iteration);
        var values = new List<double>();
        foreach (var metric in metrics)
        {
            values.Add(Number(context.Find(metric.Name) is { Found: true, Value: { } value } ? value : null)
                ?? (await tracking.SeriesAsync(runId, metric.Name, jobId: null, cancellationToken)).LastOrDefault()?.Value
                ?? double.NaN);
        }

        return values;
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) ? number : null;
}
