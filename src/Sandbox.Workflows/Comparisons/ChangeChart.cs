using System.Globalization;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Reports.Charts;

namespace Sandbox.Workflows.Comparisons;

/// <summary>How much each figure changed over the first run, as bars to both sides.</summary>
internal static class ChangeChart
{
    private const double Width = 760;
    private const double Names = 270;
    private const double Figure = 64;
    private const double Bar = 14;
    private const double Gap = 8;
    private const int MostRows = 30;
    private const int LongestName = 42;
    private const int Colours = 6;

    public static void Add(Html html, IReadOnlyList<ComparedNumber> numbers, IReadOnlyList<ComparedRun> runs)
    {
        // How long something took says more of the machine than of the run: it stays in the table.
        var rows = numbers.Where(n => !n.Name.EndsWith(".seconds", StringComparison.Ordinal) && Enumerable.Range(1, runs.Count - 1).Any(i => n.Change(i) is not null)).Take(MostRows).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        // A change beyond the double is drawn as far as the double: the figure beside it says how much it is.
        var most = Math.Clamp(rows.Max(n => Enumerable.Range(1, runs.Count - 1).Max(i => Math.Abs(n.Change(i) ?? 0))), 1e-12, 1);
        var height = (runs.Count - 1) * Bar;
        html.Add($"<figure class=\"changes-chart\"><figcaption><h3>Change over {runs[0].Label}</h3></figcaption>");
        PlotArea.Open(html, Width, rows.Count * (height + Gap), $"Change over {runs[0].Label}", string.Join(". ", rows.Select(n => Describe(n, runs))));
        for (var i = 0; i < rows.Count; i++)
        {
            AddRow(html, rows[i], i * (height + Gap), height, most);
        }

        html.Add($"</svg><ul class=\"legend\">");
        for (var i = 1; i < runs.Count; i++)
        {
            html.Add($"<li><svg width=\"14\" height=\"12\" aria-hidden=\"true\"><rect class=\"mark {Style(i)}\" width=\"12\" height=\"11\"/></svg>{runs[i].Label}</li>");
        }

        html.Add($"</ul></figure>");
    }

    private static void AddRow(Html html, ComparedNumber row, double y, double height, double most)
    {
        var middle = Names + ((Width - Names) / 2);
        var room = ((Width - Names) / 2) - Figure;
        html.Add($"<text class=\"tick\" x=\"{Names - 10}\" y=\"{y + (height / 2) + 4}\" text-anchor=\"end\"><title>{row.Name}</title>{Name(row.Name)}</text>");
        for (var run = 1; run < row.Values.Count; run++)
        {
            if (row.Change(run) is not { } change)
            {
                continue;
            }

            var (width, top) = (Math.Min(1, Math.Abs(change) / most) * room, y + ((run - 1) * Bar));
            html.Add($"<rect class=\"mark {Style(run)}\" x=\"{(change < 0 ? middle - width : middle)}\" y=\"{top + 2}\" width=\"{Math.Max(width, 0.8)}\" height=\"{Bar - 3}\"/>");
            html.Add($"<text class=\"tick\" x=\"{(change < 0 ? middle - width - 5 : middle + width + 5)}\" y=\"{top + 11}\" text-anchor=\"{(change < 0 ? "end" : "start")}\">{Percent(change)}</text>");
        }

        html.Add($"<line class=\"axis\" x1=\"{middle}\" x2=\"{middle}\" y1=\"{y}\" y2=\"{y + height + Gap}\"/>");
    }

    private static string Style(int run) => FormattableString.Invariant($"s{((run - 1) % Colours) + 1}");

    private static string Name(string name) => name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..];

    private static string Percent(double change) => change.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture);

    private static string Describe(ComparedNumber row, IReadOnlyList<ComparedRun> runs) => $"{row.Name}: " + string.Join(
        ", ", Enumerable.Range(1, runs.Count - 1).Where(i => row.Change(i) is not null).Select(i => $"{runs[i].Label} {Percent(row.Change(i)!.Value)}"));
}
