namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>The value of each trial in the order of asking, and the best one so far.</summary>
internal static class HistoryChart
{
    public static ScatterChart Of(SweepReport sweep, int metric)
    {
        var name = sweep.Metrics[metric];
        var trials = sweep.Trials.Where(t => t.Values[metric] is { } value && double.IsFinite(value)).ToList();
        var points = trials.Select(t => new ScatterPoint(t.Number, t.Values[metric]!.Value, Style(t), Text(t, t.Values[metric]!.Value))).ToList();
        return new ScatterChart(
            "trial", name.Name, points, sweep.Metrics.Count > 1 ? [] : Best(trials, metric, name.IsMaximized),
            [
                ("ended", "finished"),
                .. sweep.Trials.Any(t => t.State == "stopped") ? new[] { ("cut", "ended early") } : [],
                .. sweep.Trials.Any(t => t.State == "running") ? new[] { ("busy", "running") } : [],
                ("best", sweep.Metrics.Count > 1 ? "none is better in all metrics" : "the best; the line is the best so far"),
            ])
        {
            HasWholeX = true,
        };
    }

    // Only what ended can be the best one.
    private static List<(double X, double Y)> Best(IReadOnlyList<ReportTrial> trials, int metric, bool isMaximized)
    {
        var steps = new List<(double X, double Y)>();
        double? best = null;
        foreach (var trial in trials.Where(t => t.State is "finished" or "stopped"))
        {
            var value = trial.Values[metric]!.Value;
            if (best is null || (isMaximized ? value > best : value < best))
            {
                best = value;
                steps.Add((trial.Number, value));
            }
        }

        return best is { } last ? [.. steps, (trials[^1].Number, last)] : steps;
    }

    private static string Style(ReportTrial trial) => trial switch
    {
        { IsBest: true } => "best",
        { State: "stopped" } => "cut",
        { State: "running" } => "busy",
        _ => "ended",
    };

    private static string Text(ReportTrial trial, double value) =>
        FormattableString.Invariant($"Trial {trial.Number}, {trial.State}: {Figures.Show(value)}.");
}
