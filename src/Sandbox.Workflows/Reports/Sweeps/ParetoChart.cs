namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>Two metrics of each trial against each other, and the front of those that none beats.</summary>
internal static class ParetoChart
{
    public static ScatterChart Of(SweepReport sweep, int x, int y)
    {
        var trials = sweep.Trials.Where(t => t.Values[x] is { } a && t.Values[y] is { } b && double.IsFinite(a) && double.IsFinite(b)).ToList();
        var front = trials.Where(t => t.IsBest).Select(t => (X: t.Values[x]!.Value, Y: t.Values[y]!.Value)).OrderBy(p => p.X).ToList();
        return new ScatterChart(
            Label(sweep.Metrics[x]), Label(sweep.Metrics[y]),
            [.. trials.Select(t => new ScatterPoint(t.Values[x]!.Value, t.Values[y]!.Value, t.IsBest ? "best" : "ended", Text(t, x, y)))],
            sweep.Metrics.Count == 2 ? front : [],
            [("ended", "a trial"), ("best", "the front: none is better in all metrics")]);
    }

    private static string Label(ReportMetric metric) => $"{metric.Name} ({(metric.IsMaximized ? "more" : "less")} is better)";

    private static string Text(ReportTrial trial, int x, int y) =>
        FormattableString.Invariant($"Trial {trial.Number}: {Figures.Show(trial.Values[x])}, {Figures.Show(trial.Values[y])}.");
}
