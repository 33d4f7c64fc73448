using Sandbox.Tracking;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Comparisons;

/// <summary>The training curves of several runs, a chart a metric and a line a run.</summary>
internal static class ComparedCurves
{
    private const int MostCharts = 24;

    public static async Task<IReadOnlyList<CurveChart>> OfAsync(
        TrackingStore store, IReadOnlyList<(string Label, RunView Run)> runs, CancellationToken cancellationToken)
    {
        var lines = new List<(string Chart, string Kind, string Label, CurveSeries Series)>();
        foreach (var (label, run) in runs)
        {
            foreach (var chart in await ReportCurves.OfAsync(store, run, cancellationToken))
            {
                lines.AddRange(chart.Series.Select(s => ($"{chart.Title} of {s.Name}", chart.YLabel, label, s with { Name = label })));
            }
        }

        return [.. lines.GroupBy(l => l.Chart, StringComparer.Ordinal).Where(c => c.Skip(1).Any()).Take(MostCharts)
            .Select(c => new CurveChart(c.Key, "step", c.First().Kind, [.. c.Select(l => l.Series)]))];
    }
}
