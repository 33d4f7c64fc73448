using System.Globalization;
using System.Text;
using Sandbox.Workflows.Reports.Distributions;

namespace Sandbox.Workflows.Reports.Charts;

/// <summary>Two histograms over common bins, one laid over the other.</summary>
internal static class HistogramChart
{
    private const double Width = 400;
    private const double Height = 210;

    public static void Add(Html html, Histogram histogram, string before, string? after)
    {
        var counts = histogram.BeforeCounts.Concat(histogram.AfterCounts ?? []);
        var top = Math.Max(1, counts.DefaultIfEmpty(0).Max());
        var area = new PlotArea(Width, Height, (histogram.Edges[0], histogram.Edges[^1]), (0, top * 1.05));
        PlotArea.Open(
            html, Width, Height, $"Distribution of {histogram.Name}",
            $"{Describe(before, histogram.Before)}{(after is null ? string.Empty : " " + Describe(after, histogram.After))}");
        area.AddAxes(html, histogram.Name, "rows");
        AddSteps(html, area, histogram.Edges, histogram.BeforeCounts, "before");
        if (histogram.AfterCounts is { } second)
        {
            AddSteps(html, area, histogram.Edges, second, "after");
        }

        html.Add($"</svg>");
    }

    private static void AddSteps(
        Html html, PlotArea area, IReadOnlyList<double> edges, IReadOnlyList<long> counts, string series)
    {
        var path = new StringBuilder();
        Append(path, 'M', area.AtX(edges[0]), area.AtY(0));
        for (var i = 0; i < counts.Count; i++)
        {
            Append(path, 'L', area.AtX(edges[i]), area.AtY(counts[i]));
            Append(path, 'L', area.AtX(edges[i + 1]), area.AtY(counts[i]));
        }

        Append(path, 'L', area.AtX(edges[^1]), area.AtY(0));
        html.Add($"<path class=\"area {series}\" d=\"{path.ToString()}\"/>");
    }

    private static void Append(StringBuilder path, char command, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");

    private static string Describe(string name, StatisticSummary? summary) => summary is null
        ? string.Empty
        : $"{name}: {Figures.Show(summary.Count)} values, mean {Figures.Show(summary.Mean)}, standard deviation {Figures.Show(summary.StandardDeviation)}, from {Figures.Show(summary.Min)} to {Figures.Show(summary.Max)}.";
}
