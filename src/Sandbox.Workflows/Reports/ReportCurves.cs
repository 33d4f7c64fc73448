using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>The training curves of a run: every metric with steps, one chart a pipeline and kind of metric.</summary>
internal static class ReportCurves
{
    public static async Task<IReadOnlyList<CurveChart>> OfAsync(TrackingStore store, RunView run, CancellationToken cancellationToken)
    {
        var pipelines = run.Jobs.DistinctBy(j => j.Id).ToDictionary(j => j.Id, j => j.Pipeline, StringComparer.Ordinal);
        var series = new Dictionary<(string Pipeline, string Kind), Dictionary<string, List<CurvePoint>>>();
        await foreach (var metric in store.MetricsAsync(new MetricQuery(run.Id), cancellationToken))
        {
            if (metric.Metric.Step is not { } step || !pipelines.TryGetValue(metric.JobId ?? string.Empty, out var pipeline))
            {
                continue;
            }

            var dot = metric.Metric.Name.LastIndexOf('.');
            var (owner, kind) = dot < 0 ? (metric.Metric.Name, metric.Metric.Name) : (metric.Metric.Name[..dot], metric.Metric.Name[(dot + 1)..]);
            if (!series.TryGetValue((pipeline, kind), out var lines))
            {
                series[(pipeline, kind)] = lines = new(StringComparer.Ordinal);
            }

            if (!lines.TryGetValue(owner, out var points))
            {
                lines[owner] = points = [];
            }

            points.Add(new CurvePoint(step, metric.Metric.Value));
        }

        return [.. series.Where(s => s.Value.Values.Any(points => points.Count > 1)).Select(s => new CurveChart(
            $"{s.Key.Pipeline}: {s.Key.Kind}",
            "step",
            s.Key.Kind,
            [.. s.Value.Select(line => new CurveSeries(line.Key, [.. line.Value.OrderBy(p => p.X)]))]))];
    }
}
