using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>What the report of a sweep shows of it.</summary>
internal static class ReportSweep
{
    public static SweepReport Of(SweepView sweep)
    {
        var axes = SweepAxis.Of(sweep.Config);
        var best = sweep.Config.Metrics.Count > 1 ? sweep.Front.ToHashSet() : sweep.Best is { } one ? [one] : [];
        return new SweepReport(
            sweep.Config.Method.ToString().ToLowerInvariant(),
            [.. sweep.Config.Metrics.Select(m => new ReportMetric(m.Name, m.IsMaximized))],
            [.. axes.Select(a => new ReportAxis(a.Name, a.Labels))],
            [.. sweep.Trials.Select(t => new ReportTrial(
                t.Number, t.State, [.. sweep.Config.Metrics.Select(m => t.Values[m.Name])],
                [.. axes.Select(a => a.Place(t.Parameters))], [.. axes.Select(a => a.Value(t.Parameters))])
            {
                RunId = t.RunId, IsBest = best.Contains(t.Number), Problem = t.Problem,
            })])
        {
            Importance = [.. sweep.Importance.Select(i => new ReportImportance(i.Parameter, i.Share, i.Direction))],
        };
    }
}
