using System.Globalization;
using System.Net;
using System.Text;

namespace Sandbox.Data.Analysis.Figures;

/// <summary>Draws distributions.</summary>
internal static class DistributionSvg
{
    private const int Width = 340;
    private const int Height = 160;
    private const int BoxHeight = 24;
    private const int BarHeight = 16;
    private const int LabelWidth = 110;
    private const int CountHeight = 16;

    /// <summary>A histogram with the box of the same numbers below it.</summary>
    public static string Histogram(Histogram histogram, BoxFigure? box)
    {
        var svg = Open(Height + BoxHeight + 34, CountHeight);
        var most = Math.Max(1, histogram.Counts.Max());
        var step = (double)Width / histogram.Counts.Count;
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var height = (double)histogram.Counts[i] / most * Height;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * step:0.##}\" y=\"{Height - height:0.##}\" width=\"{Math.Max(step - 0.5, 0.5):0.##}\" height=\"{height:0.##}\" fill=\"#4a7fb5\"/>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"-4\">{most}</text>");
        if (box is not null)
        {
            Box(svg, histogram, box);
        }

        var bottom = Height + BoxHeight + 24;
        return svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{bottom}\">{histogram.Low:G5}</text><text x=\"{Width}\" y=\"{bottom}\" text-anchor=\"end\">{histogram.High:G5}</text></svg>").ToString();
    }

    /// <summary>Bars of texts.</summary>
    public static string Bars(IReadOnlyList<(string Text, long Count)> values)
    {
        var svg = Open((values.Count * BarHeight) + 4);
        var most = values.Count == 0 ? 1 : Math.Max(1, values.Max(v => v.Count));
        for (var i = 0; i < values.Count; i++)
        {
            var y = i * BarHeight;
            var label = values[i].Text.Length > 16 ? values[i].Text[..15] + "…" : values[i].Text;
            var length = (double)values[i].Count / most * (Width - LabelWidth - 50);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 12}\">{WebUtility.HtmlEncode(label)}</text><rect x=\"{LabelWidth}\" y=\"{y + 2}\" width=\"{length:0.##}\" height=\"{BarHeight - 4}\" fill=\"#4a7fb5\"/><text x=\"{LabelWidth + length + 4:0.##}\" y=\"{y + 12}\">{values[i].Count}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Box(StringBuilder svg, Histogram histogram, BoxFigure box)
    {
        double X(double value) => (value - histogram.Low) / (histogram.High - histogram.Low) * Width;
        var (top, middle) = (Height + 6, Height + 6 + (BoxHeight / 2));
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(box.LowWhisker):0.##}\" x2=\"{X(box.HighWhisker):0.##}\" y1=\"{middle}\" y2=\"{middle}\" stroke=\"#333\"/>")
            .Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(box.Q1):0.##}\" y=\"{top}\" width=\"{Math.Max(X(box.Q3) - X(box.Q1), 1):0.##}\" height=\"{BoxHeight}\" fill=\"#cfe0f1\" stroke=\"#333\"/>")
            .Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(box.Median):0.##}\" x2=\"{X(box.Median):0.##}\" y1=\"{top}\" y2=\"{top + BoxHeight}\" stroke=\"#b03030\" stroke-width=\"2\"/>");
    }

    private static StringBuilder Open(int height, int above = 0) => new StringBuilder().Append(
        CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"{height + above}\" viewBox=\"0 {-above} {Width} {height + above}\" role=\"img\">");
}
