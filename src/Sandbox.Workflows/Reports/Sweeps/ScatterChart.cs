using System.Globalization;
using System.Text;
using Sandbox.Workflows.Reports.Charts;

namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>A point of a drawing.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Style">Style class.</param>
/// <param name="Text">What it is.</param>
internal sealed record ScatterPoint(double X, double Y, string Style, string Text);

/// <summary>Points, and a line of steps over them.</summary>
/// <param name="XLabel">What runs to the right.</param>
/// <param name="YLabel">What runs up.</param>
/// <param name="Points">The points.</param>
/// <param name="Steps">The corners of the line, from left to right.</param>
/// <param name="Legend">Style classes and what they mean.</param>
internal sealed record ScatterChart(
    string XLabel, string YLabel, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<(double X, double Y)> Steps, IReadOnlyList<(string Style, string Text)> Legend)
{
    private const double Width = 560;
    private const double Height = 280;
    private const double FarAway = 4;

    /// <summary>Whether only whole numbers run to the right.</summary>
    public bool HasWholeX { get; init; }

    /// <summary>How many points lie so far from the others that they are drawn at the edge.</summary>
    public int Outside => Points.Count(p => p.Y < YRange.Low || p.Y > YRange.High);

    private (double Low, double High) YRange => Range(Points.Select(p => p.Y), isRobust: true);

    public void Add(Html html, string title)
    {
        if (Points.Count == 0)
        {
            html.Add($"<p class=\"note\">No trial has a value yet.</p>");
            return;
        }

        var area = new PlotArea(Width, Height, Range(Points.Select(p => p.X), isRobust: false), YRange) { HasWholeX = HasWholeX };
        PlotArea.Open(html, Width, Height, title, string.Join(" ", Points.Where(p => p.Style.Contains("best", StringComparison.Ordinal)).Select(p => p.Text)));
        area.AddAxes(html, XLabel, YLabel);
        AddSteps(html, area);
        foreach (var point in Points.OrderBy(p => p.Style.Contains("best", StringComparison.Ordinal)))
        {
            var y = area.AtY(Math.Clamp(point.Y, area.Y.Low, area.Y.High));
            html.Add($"<circle class=\"trial {point.Style}\" cx=\"{area.AtX(point.X)}\" cy=\"{y}\" r=\"{(point.Style.Contains("best", StringComparison.Ordinal) ? 5 : 3.4)}\"><title>{point.Text}</title></circle>");
        }

        html.Add($"</svg><ul class=\"legend\">");
        foreach (var (style, text) in Legend)
        {
            html.Add($"<li><svg width=\"14\" height=\"12\" aria-hidden=\"true\"><circle class=\"trial {style}\" cx=\"7\" cy=\"6\" r=\"4\"/></svg>{text}</li>");
        }

        html.Add($"</ul>");
    }

    private void AddSteps(Html html, PlotArea area)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in Steps)
        {
            var (atX, atY) = (area.AtX(x), area.AtY(Math.Clamp(y, area.Y.Low, area.Y.High)));
            path.Append(path.Length == 0
                ? string.Create(CultureInfo.InvariantCulture, $"M{atX:0.#} {atY:0.#}")
                : string.Create(CultureInfo.InvariantCulture, $"H{atX:0.#}V{atY:0.#}"));
        }

        if (path.Length > 0)
        {
            html.Add($"<path class=\"line s1\" d=\"{path.ToString()}\"/>");
        }
    }

    // A trial that went astray would press all others into one line: what lies far outside the middle half is cut off.
    private static (double Low, double High) Range(IEnumerable<double> values, bool isRobust)
    {
        var ordered = values.Order().ToList();
        if (ordered.Count == 0)
        {
            return (0, 1);
        }

        var (low, high) = (ordered[0], ordered[^1]);
        if (isRobust && ordered.Count > 7)
        {
            var (first, third) = (ordered[ordered.Count / 4], ordered[ordered.Count * 3 / 4]);
            var reach = (third - first) * FarAway;
            (low, high) = reach > 0
                ? (ordered.First(v => v >= first - reach), ordered.Last(v => v <= third + reach))
                : (low, high);
        }

        var space = high > low ? (high - low) * 0.05 : Math.Max(Math.Abs(low) * 0.1, 0.5);
        return (low - space, high + space);
    }
}
