using System.Globalization;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Reports.Sections;

namespace Sandbox.Workflows.Comparisons;

/// <summary>A comparison as a page.</summary>
internal static class ComparisonPage
{
    public static string Render(RunComparison comparison, DateTimeOffset now)
    {
        var names = string.Join(", ", comparison.Runs.Select(r => r.Label));
        return HtmlPage.Render($"Comparison of {names}", html => AddHeader(html, comparison), Parts(comparison), $"Made {Figures.Show(now)} by Sandbox.Workflows.");
    }

    private static IEnumerable<HtmlPart> Parts(RunComparison comparison)
    {
        var (results, metrics) = (Differing(comparison.Results), Differing(comparison.Metrics));
        return
        [
            new("settings", "What was set otherwise", true, html => AddSettings(html, comparison)),
            new("results", "What came of it", results.Count > 0, html => AddNumbers(html, "Results", results, comparison)),
            new("metrics", "Metrics", metrics.Count > 0, html => AddNumbers(html, "Last values", metrics, comparison)),
            new("curves", "Training curves", comparison.Curves.Count > 0, html => ChartSection.AddCurves(html, comparison.Curves)),
            new("same", "The same everywhere", Same(comparison).Count > 0, html => AddSame(html, comparison)),
        ];
    }

    private static void AddHeader(Html html, RunComparison comparison)
    {
        html.Add($"<header><p class=\"kind\">Sandbox comparison</p><h1>{comparison.Runs.Count} runs side by side</h1></header>");
        TableSection.Add(html, [new ReportTable(
            "Runs", ["run", "name", "state", "started", "took"],
            [.. comparison.Runs.Select(r => (IReadOnlyList<ReportCell>)
                [r.Label, r.Name, r.State, Figures.Show(r.StartedAt), r.Took is { } took ? Figures.Show(took) : "–"])])
        {
            Note = "The first is what the others are held against. A sweep stands for its best trial.",
        }]);
    }

    private static void AddSettings(Html html, RunComparison comparison)
    {
        if (comparison.Settings.Count == 0)
        {
            html.Add($"<p class=\"note\">Nothing: the jobs of all runs were started with the same settings.</p>");
            return;
        }

        TableSection.Add(html, [new ReportTable(
            "Settings", ["setting", .. comparison.Runs.Select(r => r.Label)],
            [.. comparison.Settings.Select(s => (IReadOnlyList<ReportCell>)
                [s.Name, .. s.Values.Select(v => new ReportCell { Text = v ?? "–", IsBest = false })])])]);
    }

    private static void AddNumbers(Html html, string title, IReadOnlyList<ComparedNumber> numbers, RunComparison comparison)
    {
        ChangeChart.Add(html, numbers, comparison.Runs);
        TableSection.Add(html, [new ReportTable(
            title, ["figure", .. comparison.Runs.SelectMany((r, i) => i == 0 ? new[] { r.Label } : [r.Label, "change"])],
            [.. numbers.Select(n => (IReadOnlyList<ReportCell>)
                [n.Name, .. n.Values.SelectMany((v, i) => i == 0 ? new[] { Number(v) } : [Number(v), Change(n.Change(i))])])])]);
    }

    private static void AddSame(Html html, RunComparison comparison)
    {
        var same = Same(comparison);
        html.Add($"<details><summary>{same.Count} figures</summary>");
        TableSection.Add(html, [new ReportTable("Figures", ["figure", "value"], [.. same.Select(n => (IReadOnlyList<ReportCell>)[n.Name, Number(n.Values[0])])])]);
        html.Add($"</details>");
    }

    private static List<ComparedNumber> Differing(IReadOnlyList<ComparedNumber> numbers) => [.. numbers.Where(n => n.Differs)];

    private static List<ComparedNumber> Same(RunComparison comparison) => [.. comparison.Results.Concat(comparison.Metrics).Where(n => !n.Differs)];

    // The figures of one column are of different kinds: each keeps its own digits.
    private static ReportCell Number(double? value) => value is { } number ? new ReportCell { Number = number, Text = Figures.Show(number) } : "–";

    private static ReportCell Change(double? change) =>
        change is { } share ? new ReportCell { Number = share, Text = share.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) } : string.Empty;
}
