using Sandbox.Workflows.Reports.Charts;
using Sandbox.Workflows.Reports.Distributions;

namespace Sandbox.Workflows.Reports.Sections;

/// <summary>Distributions and curves, in a grid that fits the width.</summary>
internal static class ChartSection
{
    public static void AddDistributions(Html html, IReadOnlyList<DistributionGroup> groups)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            var group = groups[i];
            html.Add($"<details {(i == 0 ? "open" : string.Empty)}><summary>{group.Title}</summary><ul class=\"legend\">");
            html.Add($"<li><span class=\"swatch before\"></span> {group.Before}</li>");
            if (group.After is { } after)
            {
                html.Add($"<li><span class=\"swatch after\"></span> {after}</li>");
            }

            html.Add($"</ul><div class=\"charts\">");
            foreach (var item in group.Items)
            {
                AddDistribution(html, item, group);
            }

            html.Add($"</div>");
            if (group.BrokenLines > 0)
            {
                html.Add($"<p class=\"note\">Lines that could not be read and are left out: {Figures.Show(group.BrokenLines)}.</p>");
            }

            html.Add($"</details>");
        }
    }

    public static void AddCurves(Html html, IReadOnlyList<CurveChart> charts)
    {
        html.Add($"<div class=\"charts wide\">");
        foreach (var chart in charts)
        {
            html.Add($"<figure><figcaption><h3>{chart.Title}</h3></figcaption>");
            LineChart.Add(html, chart);
            html.Add($"</figure>");
        }

        html.Add($"</div>");
    }

    private static void AddDistribution(Html html, Distribution item, DistributionGroup group)
    {
        html.Add($"<figure><figcaption><h3><code>{item.Name}</code></h3></figcaption>");
        if (item is Histogram histogram)
        {
            HistogramChart.Add(html, histogram, group.Before, group.After);
        }
        else if (item is CategoryCounts counts)
        {
            CategoryChart.Add(html, counts, group.Before, group.After);
        }

        AddFigures(html, item, group);
        foreach (var remark in Remarks(item))
        {
            html.Add($"<p class=\"note\">{remark}</p>");
        }

        html.Add($"</figure>");
    }

    private static void AddFigures(Html html, Distribution item, DistributionGroup group)
    {
        var isNumber = item is Histogram;
        html.Add($"<table class=\"small\"><thead><tr><th></th><th scope=\"col\">count</th>");
        if (isNumber)
        {
            html.Add($"<th scope=\"col\">mean</th><th scope=\"col\">std</th><th scope=\"col\">min</th><th scope=\"col\">max</th>");
        }

        html.Add($"</tr></thead><tbody>");
        AddFigureRow(html, "before", group.Before, item.Before, isNumber);
        if (item.After is { } after)
        {
            AddFigureRow(html, "after", group.After ?? string.Empty, after, isNumber);
        }

        html.Add($"</tbody></table>");
    }

    private static void AddFigureRow(Html html, string series, string name, StatisticSummary summary, bool isNumber)
    {
        html.Add($"<tr><th scope=\"row\"><span class=\"swatch {series}\"></span> {name}</th><td>{Figures.Show(summary.Count)}</td>");
        if (isNumber)
        {
            html.Add($"<td>{Figures.Show(summary.Mean)}</td><td>{Figures.Show(summary.StandardDeviation)}</td>");
            html.Add($"<td>{Figures.Show(summary.Min)}</td><td>{Figures.Show(summary.Max)}</td>");
        }

        html.Add($"</tr>");
    }

    private static IEnumerable<string> Remarks(Distribution item)
    {
        var missing = item.Before.Missing + (item.After?.Missing ?? 0);
        if (missing > 0)
        {
            yield return $"Without a finite value: {Figures.Show(missing)}.";
        }

        if (item is Histogram { Above: > 0 } high)
        {
            yield return $"Not drawn, above {Figures.Show(high.Edges[^1])}: {Figures.Show(high.Above)}.";
        }

        if (item is Histogram { Below: > 0 } low)
        {
            yield return $"Not drawn, below {Figures.Show(low.Edges[0])}: {Figures.Show(low.Below)}.";
        }

        if (item is CategoryCounts { Others: > 0 } counts)
        {
            yield return $"Not drawn, rarer texts: {Figures.Show((long)counts.Others)}.";
        }
    }
}
