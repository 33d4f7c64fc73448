using System.Globalization;
using System.Text;

namespace Sandbox.Benchmarks.Measuring;

/// <summary>One figure.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The figure with its unit.</param>
/// <param name="Limit">What it is held against, measured in the same run.</param>
/// <param name="Ratio">Figure by limit, or null where there is none.</param>
/// <param name="Goal">The goal in words, or an empty text.</param>
/// <param name="IsMet">Whether it is met; null where there is no goal.</param>
internal sealed record Measure(string What, string Figure, string Limit, double? Ratio, string Goal, bool? IsMet);

/// <summary>Prints figures, for a screen or for Markdown.</summary>
internal static class MeasureTable
{
    private static readonly string[] Headings = ["what", "figure", "beside", "ratio", "goal", "met"];

    public static string Text(IReadOnlyList<Measure> measures)
    {
        var rows = measures.Select(Cells).Prepend(Headings).ToList();
        var widths = Headings.Select((_, i) => rows.Max(row => row[i].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        return text.ToString();
    }

    public static string Markdown(IReadOnlyList<Measure> measures)
    {
        var text = new StringBuilder();
        text.AppendLine($"| {string.Join(" | ", Headings)} |").AppendLine($"|{string.Concat(Headings.Select(_ => "---|"))}");
        foreach (var measure in measures)
        {
            text.AppendLine($"| {string.Join(" | ", Cells(measure))} |");
        }

        return text.ToString();
    }

    private static string[] Cells(Measure m) =>
    [
        m.What, m.Figure, m.Limit, m.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? string.Empty, m.Goal,
        m.IsMet switch { true => "yes", false => "NO", _ => string.Empty },
    ];
}
