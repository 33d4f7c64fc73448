using Sandbox.Workflows.Reports.Charts;

namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>How much each parameter explains, as bars.</summary>
internal static class ImportanceChart
{
    private const double Width = 560;
    private const double Row = 24;
    private const double Figure = 92;
    private const int MostRows = 15;
    private const int LongestName = 34;
    private const double Weak = 0.3;

    public static void Add(Html html, SweepReport sweep)
    {
        var rows = sweep.Importance.Take(MostRows).ToList();
        var names = (rows.Max(r => Name(r.Parameter).Length) * 6.2) + 14;
        PlotArea.Open(
            html, Width, rows.Count * Row, $"What matters for {sweep.Metrics[0].Name}", string.Join(", ", rows.Select(r => $"{r.Parameter}: {Percent(r.Share)}")));
        for (var i = 0; i < rows.Count; i++)
        {
            var width = (Width - names - Figure) * rows[i].Share;
            html.Add($"<text class=\"tick\" x=\"{names - 8}\" y=\"{(i * Row) + 15}\" text-anchor=\"end\"><title>{rows[i].Parameter}</title>{Name(rows[i].Parameter)}</text>");
            html.Add($"<rect class=\"bar after\" x=\"{names}\" y=\"{(i * Row) + 4}\" width=\"{Math.Max(width, 1)}\" height=\"15\"/>");
            html.Add($"<text class=\"tick\" x=\"{names + Math.Max(width, 1) + 6}\" y=\"{(i * Row) + 15}\">{Percent(rows[i].Share)}{Arrow(rows[i].Direction)}</text>");
        }

        html.Add($"</svg>");
    }

    // A long address is told apart by its end.
    private static string Name(string name) => name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..];

    private static string Percent(double share) => share.ToString("0 %", System.Globalization.CultureInfo.InvariantCulture);

    private static string Arrow(double? direction) => direction switch { > Weak => " ↗", < -Weak => " ↘", _ => string.Empty };
}
