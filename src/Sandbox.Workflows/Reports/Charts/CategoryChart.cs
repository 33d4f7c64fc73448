using Sandbox.Workflows.Reports.Distributions;

namespace Sandbox.Workflows.Reports.Charts;

/// <summary>How often each text came, as pairs of bars.</summary>
internal static class CategoryChart
{
    private const double Width = 400;
    private const double Row = 20;
    private const double CountWidth = 76;
    private const int LongestLabel = 18;

    public static void Add(Html html, CategoryCounts counts, string before, string? after)
    {
        var height = Math.Max(1, counts.Categories.Count) * Row;
        var most = counts.Categories.Select(c => Math.Max(c.Before, c.After)).DefaultIfEmpty(1).Max();
        var description = string.Join(", ", counts.Categories.Select(c => after is null
            ? $"{c.Category}: {Figures.Show(c.Before)}"
            : $"{c.Category}: {before} {Figures.Show(c.Before)}, {after} {Figures.Show(c.After)}"));
        var labels = (counts.Categories.Select(c => Shorten(c.Category).Length).DefaultIfEmpty(0).Max() * 6.4) + 16;
        PlotArea.Open(html, Width, height, $"Values of {counts.Name}", description);
        for (var i = 0; i < counts.Categories.Count; i++)
        {
            AddRow(html, counts.Categories[i], i * Row, labels, most, after is not null);
        }

        html.Add($"</svg>");
    }

    private static void AddRow(Html html, CategoryCount category, double y, double labels, long most, bool hasAfter)
    {
        var space = Width - labels - CountWidth;
        var bar = hasAfter ? 7d : 14d;
        html.Add($"<text class=\"tick\" x=\"{labels - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{Shorten(category.Category)}</text>");
        html.Add($"<rect class=\"bar before\" x=\"{labels}\" y=\"{y + 2}\" width=\"{space * category.Before / most}\" height=\"{bar}\"/>");
        if (hasAfter)
        {
            html.Add($"<rect class=\"bar after\" x=\"{labels}\" y=\"{y + 10}\" width=\"{space * category.After / most}\" height=\"{bar}\"/>");
        }

        var end = labels + (space * Math.Max(category.Before, category.After) / most) + 5;
        var text = hasAfter ? $"{Figures.Show(category.Before)} → {Figures.Show(category.After)}" : Figures.Show(category.Before);
        html.Add($"<text class=\"tick\" x=\"{end}\" y=\"{y + 14}\">{text}</text>");
    }

    private static string Shorten(string text) => text.Length <= LongestLabel ? text : text[..(LongestLabel - 1)] + "…";
}
