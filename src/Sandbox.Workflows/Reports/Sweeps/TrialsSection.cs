using Sandbox.Workflows.Reports.Sections;

namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>The trials as a table, the best ones first.</summary>
internal static class TrialsSection
{
    private const int Open = 15;

    public static void Add(Html html, SweepReport sweep)
    {
        IReadOnlyList<ReportTrial> ordered = sweep.Metrics.Count == 0 ? sweep.Trials
            : [.. sweep.Trials.OrderByDescending(t => t.IsBest).ThenBy(t => t.Values[0] is null)
                .ThenBy(t => sweep.Metrics[0].IsMaximized ? -t.Values[0] : t.Values[0]).ThenBy(t => t.Number)];
        TableSection.Add(html, [Table(sweep, [.. ordered.Take(Open)], ordered.Count > Open ? "The best trials" : "Trials")]);
        if (ordered.Count > Open)
        {
            html.Add($"<details><summary>All {ordered.Count} trials</summary>");
            TableSection.Add(html, [Table(sweep, sweep.Trials, "By number")]);
            html.Add($"</details>");
        }
    }

    private static ReportTable Table(SweepReport sweep, IReadOnlyList<ReportTrial> trials, string title) => new(
        title, ["trial", "state", .. sweep.Metrics.Select(m => m.Name), .. sweep.Axes.Select(a => a.Name), "run"], [.. trials.Select(Row)])
    {
        Note = sweep.Metrics.Count > 1 ? "A star stands beside the trials of the front: none is better in all metrics."
            : sweep.Metrics.Count == 1 ? $"{(sweep.Metrics[0].IsMaximized ? "Higher" : "Lower")} is better." : null,
    };

    private static IReadOnlyList<ReportCell> Row(ReportTrial trial) =>
    [
        FormattableString.Invariant($"{trial.Number}"),
        trial.Problem is null ? trial.State : $"{trial.State}: {trial.Problem}",
        .. trial.Values.Select(v => v is { } number ? new ReportCell { Number = number, IsBest = trial.IsBest } : "–"),
        .. trial.Parameters.Select(p => (ReportCell)(p ?? "–")),
        trial.RunId ?? "–",
    ];
}
