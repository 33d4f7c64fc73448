using System.Globalization;
using System.Text;

namespace Sandbox.Workflows.Reports.Charts;

/// <summary>Lines over common axes. Colour and dashes tell the lines apart, so that they can be told on paper too.</summary>
internal static class LineChart
{
    private const double Width = 560;
    private const double Height = 280;
    private const int Colours = 6;
    private const int MostMarks = 40;
    private const int MostPoints = 600;

    public static void Add(Html html, CurveChart chart)
    {
        var points = chart.Series.SelectMany(s => s.Points).Where(IsFinite).ToList();
        if (points.Count == 0)
        {
            html.Add($"<p class=\"note\">No finite value was recorded.</p>");
            return;
        }

        var area = new PlotArea(Width, Height, Range(points.Select(p => p.X), 0), Range(points.Select(p => p.Y), 0.06));
        var description = string.Join(" ", chart.Series.Select(Describe));
        PlotArea.Open(html, Width, Height, chart.Title, description);
        area.AddAxes(html, chart.XLabel, chart.YLabel);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            AddLine(html, area, chart.Series[i], i);
        }

        html.Add($"</svg>");
        AddLegend(html, chart);
    }

    private static void AddLine(Html html, PlotArea area, CurveSeries series, int index)
    {
        var path = new StringBuilder();
        var isBroken = true;
        foreach (var point in Thin(series.Points))
        {
            if (IsFinite(point))
            {
                path.Append(CultureInfo.InvariantCulture, $"{(isBroken ? 'M' : 'L')}{area.AtX(point.X):0.#} {area.AtY(point.Y):0.#}");
            }

            isBroken = !IsFinite(point);
        }

        html.Add($"<path class=\"line {Style(index)}\" d=\"{path.ToString()}\"/>");
        if (series.Points.Count <= MostMarks)
        {
            foreach (var point in series.Points.Where(IsFinite))
            {
                html.Add($"<circle class=\"mark {Style(index)}\" cx=\"{area.AtX(point.X)}\" cy=\"{area.AtY(point.Y)}\" r=\"2.6\"/>");
            }
        }
    }

    private static void AddLegend(Html html, CurveChart chart)
    {
        html.Add($"<ul class=\"legend\">");
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var last = chart.Series[i].Points.LastOrDefault(IsFinite);
            html.Add($"<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"line {Style(i)}\" d=\"M1 5L25 5\"/></svg>");
            html.Add($"{chart.Series[i].Name} <b>{Figures.Show(last.Y)}</b></li>");
        }

        html.Add($"</ul>");
    }

    // A chart is some hundred pixels wide: of many points the lowest and the highest of each stretch are kept.
    private static IEnumerable<CurvePoint> Thin(IReadOnlyList<CurvePoint> points) => points.Count <= MostPoints
        ? points
        : points.Chunk((int)Math.Ceiling(points.Count * 2d / MostPoints))
            .SelectMany(c => new[] { c.MinBy(p => p.Y), c.MaxBy(p => p.Y) }.OrderBy(p => p.X).Distinct());

    private static (double Low, double High) Range(IEnumerable<double> values, double margin)
    {
        var all = values.ToList();
        var (low, high) = (all.Min(), all.Max());
        var space = high > low ? (high - low) * margin : Math.Max(Math.Abs(low) * 0.1, 0.5);
        return (low - space, high + space);
    }

    private static string Style(int index) => string.Create(
        CultureInfo.InvariantCulture, $"s{(index % Colours) + 1} d{(index / Colours % 3) + 1}");

    private static string Describe(CurveSeries series)
    {
        var finite = series.Points.Where(IsFinite).ToList();
        return finite.Count == 0
            ? $"{series.Name}: no value."
            : $"{series.Name}: from {Figures.Show(finite[0].Y)} at {Figures.Show(finite[0].X)} to {Figures.Show(finite[^1].Y)} at {Figures.Show(finite[^1].X)}.";
    }

    private static bool IsFinite(CurvePoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);
}
