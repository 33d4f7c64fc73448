using System.Globalization;
using System.Text;
using Sandbox.Workflows.Reports.Charts;

namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>Every trial as a line over the axes of its parameters, the metric last.</summary>
internal static class ParallelChart
{
    private const double Top = 30;
    private const double Height = 300;
    private const double Bottom = 14;
    private const double Left = 70;
    private const double Right = 96;
    private const double Apart = 150;
    private const double Narrowest = 1040;
    private const int MostAxes = 10;
    private const int MostLines = 1000;
    private const int LongestName = 26;
    private const int LongestValue = 12;

    public static void Add(Html html, SweepReport sweep)
    {
        var shown = Shown(sweep);
        var width = Math.Max(Left + Right + (Apart * shown.Count), Narrowest);
        var step = (width - Left - Right) / shown.Count;
        var trials = sweep.Trials.Where(t => t.Values[0] is { } v && double.IsFinite(v)).TakeLast(MostLines).ToList();
        var best = trials.OrderBy(t => sweep.Metrics[0].IsMaximized ? -t.Values[0] : t.Values[0]).ToList();
        var values = Scale(best);
        PlotArea.Open(html, width, Top + Height + Bottom, "All trials, parameter by parameter", Describe(sweep, best));
        for (var rank = best.Count - 1; rank >= 0; rank--)
        {
            AddLine(html, [.. shown.Select(a => best[rank].Places[a]), values.Place(best[rank].Values[0]!.Value)], step, Style(rank, best.Count));
        }

        for (var i = 0; i < shown.Count; i++)
        {
            AddAxis(html, Left + (i * step), sweep.Axes[shown[i]].Name, sweep.Axes[shown[i]].Labels, "end");
        }

        AddAxis(html, Left + (shown.Count * step), sweep.Metrics[0].Name, values.Labels, "start");
        html.Add($"</svg>");
    }

    // Of many parameters those that matter most, in their own order.
    private static List<int> Shown(SweepReport sweep)
    {
        var order = sweep.Importance.Select(i => i.Parameter).ToList();
        int Place(string name) => order.IndexOf(name) is >= 0 and var place ? place : order.Count;
        return [.. Enumerable.Range(0, sweep.Axes.Count).OrderBy(i => Place(sweep.Axes[i].Name)).Take(MostAxes).Order()];
    }

    // Up is better, whichever way the metric goes; by rank, so that one that went astray takes no room.
    private static (Func<double, double> Place, IReadOnlyList<(double Place, string Text)> Labels) Scale(List<ReportTrial> best)
    {
        var ordered = best.Select(t => t.Values[0]!.Value).Distinct().ToList();
        double Place(double value) => ordered.Count < 2 ? 0.5 : 1 - ((double)ordered.IndexOf(value) / (ordered.Count - 1));
        return (Place, [.. new[] { 0.0, 0.25, 0.5, 0.75, 1.0 }.Select(s => ordered.Count == 0 ? 0 : (int)Math.Round(s * (ordered.Count - 1))).Distinct()
            .Where(i => i < ordered.Count).Select(i => (Place(ordered[i]), Figures.Show(ordered[i])))]);
    }

    private static void AddLine(Html html, List<double?> places, double step, string style)
    {
        var path = new StringBuilder();
        var isBroken = true;
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] is { } place)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(isBroken ? 'M' : 'L')}{Left + (i * step):0.#} {AtY(place):0.#}");
            }

            isBroken = places[i] is null;
        }

        html.Add($"<path class=\"way {style}\" d=\"{path.ToString()}\"/>");
    }

    private static void AddAxis(Html html, double x, string name, IReadOnlyList<(double Place, string Text)> labels, string anchor)
    {
        html.Add($"<line class=\"axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{Top + Height}\"/>");
        html.Add($"<text class=\"label\" x=\"{x}\" y=\"16\" text-anchor=\"middle\"><title>{name}</title>{Name(name)}</text>");
        foreach (var (place, text) in labels)
        {
            html.Add($"<text class=\"tick halo\" x=\"{x + (anchor == "end" ? -6 : 6)}\" y=\"{AtY(place) + 4}\" text-anchor=\"{anchor}\">{Cut(text)}</text>");
        }
    }

    private static double AtY(double place) => Top + ((1 - place) * Height);

    private static string Style(int rank, int count) => rank == 0 ? "best" : rank < Math.Max(1, count / 10) ? "good" : "other";

    private static string Name(string name) => name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..];

    private static string Cut(string text) => text.Length <= LongestValue ? text : text[..(LongestValue - 1)] + "…";

    private static string Describe(SweepReport sweep, List<ReportTrial> best) => best.Count == 0
        ? "No trial has a value."
        : FormattableString.Invariant($"The best is trial {best[0].Number} with {Figures.Show(best[0].Values[0])}: ")
            + string.Join(", ", sweep.Axes.Select((a, i) => $"{a.Name} {best[0].Parameters[i] ?? "–"}"));
}
