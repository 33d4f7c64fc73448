using System.Globalization;
using System.Text;
using Sandbox.Core.Recipes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis;

/// <summary>The table that an analysis ends with, written as pandas and tabulate write it for upstream.</summary>
internal sealed class OverallTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<(string Measure, object Value)>> cells)
{
    private static readonly string[] TextMeasures = ["unique", "top", "freq"];
    private readonly List<string> _measures = [.. cells.SelectMany(c => c.Select(x => x.Measure)).Distinct(StringComparer.Ordinal)];

    /// <summary>The figures; without the measures of texts.</summary>
    public StatisticsTable ToFigures()
    {
        var measures = _measures.Where(m => !TextMeasures.Contains(m, StringComparer.Ordinal)).ToList();
        return new StatisticsTable(columns, measures, [.. measures.Select(m => (IReadOnlyList<double>)[.. cells.Select(c => Cell(c, m) as double? ?? double.NaN)])]);
    }

    public string ToCsv()
    {
        var text = new StringBuilder();
        text.Append(',').AppendJoin(',', columns.Select(Quoted)).Append('\n');
        foreach (var measure in _measures)
        {
            text.Append(measure);
            foreach (var column in cells)
            {
                text.Append(',').Append(Cell(column, measure) is { } value ? CsvText(value) : string.Empty);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    public string ToMarkdown()
    {
        var names = Left(string.Empty, _measures);
        var tables = columns.Select((name, i) => IsText(cells[i]) ? Left(name, Texts(cells[i])) : Right(name, Figures(cells[i]))).Prepend(names).ToList();
        var lines = Enumerable.Range(0, _measures.Count + 2).Select(line => $"|{string.Join('|', tables.Select(t => t[line]))}|");
        return string.Join('\n', lines);
    }

    /// <summary>The table for a page.</summary>
    public string ToHtml()
    {
        var text = new StringBuilder("<table><tr><th></th>").Append(string.Concat(columns.Select(c => $"<th>{System.Net.WebUtility.HtmlEncode(c)}</th>"))).Append("</tr>\n");
        foreach (var measure in _measures)
        {
            text.Append("<tr><td>").Append(measure).Append("</td>");
            foreach (var column in cells)
            {
                text.Append("<td>").Append(Cell(column, measure) is { } value
                    ? System.Net.WebUtility.HtmlEncode(value as string ?? ((double)value).ToString("G6", CultureInfo.InvariantCulture))
                    : string.Empty).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        return text.Append("</table>").ToString();
    }

    private static object? Cell(IReadOnlyList<(string Measure, object Value)> column, string measure)
    {
        var value = column.FirstOrDefault(c => c.Measure == measure).Value;
        return value is double.NaN ? null : value;
    }

    private static bool IsText(IReadOnlyList<(string Measure, object Value)> column) => column.Any(c => c.Value is string);

    private IEnumerable<string> Texts(IReadOnlyList<(string Measure, object Value)> column) =>
        _measures.Select(m => Cell(column, m) is { } value ? value as string ?? PythonNumber.Repr((double)value) : "nan");

    private IEnumerable<string> Figures(IReadOnlyList<(string Measure, object Value)> column) =>
        _measures.Select(m => Cell(column, m) is double value ? value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant() : "nan");

    private static List<string> Left(string header, IEnumerable<string> values)
    {
        var all = values.Prepend(header).ToList();
        var width = Math.Max(header.Length > 0 ? header.Length + 2 : 0, all.Max(v => v.Length));
        return [.. all.Take(1).Append(string.Empty).Concat(all.Skip(1)).Select((v, i) => i == 1 ? ":" + new string('-', width + 1) : $" {v.PadRight(width)} ")];
    }

    // Figures stand with their points below each other.
    private static List<string> Right(string header, IEnumerable<string> values)
    {
        var all = values.ToList();
        var decimals = all.Max(Decimals);
        var aligned = all.Select(v => v + new string(' ', decimals - Decimals(v))).ToList();
        var width = Math.Max(header.Length + 2, aligned.Max(v => v.Length));
        return [$" {header.PadLeft(width)} ", new string('-', width + 1) + ":", .. aligned.Select(v => $" {v.PadLeft(width)} ")];
    }

    private static int Decimals(string figure)
    {
        var point = figure.IndexOf('.', StringComparison.Ordinal);
        point = point < 0 ? figure.IndexOf('e', StringComparison.Ordinal) : point;
        return point < 0 ? -1 : figure.Length - point - 1;
    }

    private static string CsvText(object value) => value is string text ? Quoted(text) : PythonNumber.Repr((double)value);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") >= 0
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
