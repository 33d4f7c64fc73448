using System.Globalization;
using System.Net;
using System.Text;

namespace Sandbox.Data.Analysis.Figures;

/// <summary>The figures as one HTML page that needs nothing beside itself.</summary>
internal static class ReportPage
{
    private const int MostBars = 80;
    private const int MostGroups = 50;
    private const string Style = """
        body{font:14px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:100rem;padding:0 1rem;color:#222;background:#fff}
        table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border:1px solid #ccc;padding:.15rem .5rem;text-align:right}
        th:first-child,td:first-child{text-align:left}.figures{display:flex;flex-wrap:wrap;gap:1.5rem}figure{margin:0}
        figcaption{font-weight:600}.wide{overflow-x:auto}svg text{font:11px system-ui,sans-serif;fill:#444}
        """;

    public static string Of(
        string title, OverallTable table, IReadOnlyList<ColumnFigure> columns,
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> matrix, IReadOnlyList<Breakdown> breakdowns)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Analysis: {Text(title)}</title><style>{Style}</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>Analysis of {Text(title)}</h1>\n<h2>Overall</h2>\n<div class=\"wide\">{table.ToHtml()}</div>\n<h2>Distributions</h2>\n<div class=\"figures\">\n");
        foreach (var column in columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Text(column.Name)}</figcaption>{Figure(column)}</figure>\n");
        }

        page.Append("</div>\n<h2>Correlation</h2>\n").Append(Matrix(names, matrix));
        foreach (var breakdown in breakdowns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>By {Text(breakdown.Key)}</h2>\n").Append(Table(breakdown));
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Figure(ColumnFigure column)
    {
        if (column.Values is { } values)
        {
            return DistributionSvg.Bars([.. values.Take(20)]);
        }

        return column.Histogram is { } histogram ? DistributionSvg.Histogram(histogram.Coarser(MostBars), column.Box) : "<p>no numbers</p>";
    }

    private static string Matrix(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> matrix)
    {
        var text = new StringBuilder("<div class=\"wide\"><table><tr><th></th>").Append(string.Concat(names.Select(n => $"<th>{Text(n)}</th>"))).Append("</tr>\n");
        for (var i = 0; i < names.Count; i++)
        {
            text.Append("<tr><td>").Append(Text(names[i])).Append("</td>");
            foreach (var value in matrix[i])
            {
                var hue = value < 0 ? "220,70,60" : "40,110,200";
                text.Append(double.IsFinite(value)
                    ? string.Create(CultureInfo.InvariantCulture, $"<td style=\"background:rgba({hue},{Math.Abs(value) * 0.6:0.00})\">{value:0.00}</td>")
                    : "<td></td>");
            }

            text.Append("</tr>\n");
        }

        return text.Append("</table></div>\n").ToString();
    }

    private static string Table(Breakdown breakdown)
    {
        var groups = breakdown.Groups;
        var names = groups.SelectMany(g => g.Columns.Select(c => c.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder("<p>Mean ± standard deviation.</p><div class=\"wide\"><table><tr><th>value</th><th>rows</th>")
            .Append(string.Concat(names.Select(n => $"<th>{Text(n)}</th>"))).Append("</tr>\n");
        foreach (var group in groups.Take(MostGroups))
        {
            var moments = group.Columns.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(group.Value)}</td><td>{group.Rows}</td>");
            foreach (var name in names)
            {
                text.Append(moments.TryGetValue(name, out var m)
                    ? string.Create(CultureInfo.InvariantCulture, $"<td>{m.Mean:G4} ± {(double.IsNaN(m.StandardDeviation) ? 0 : m.StandardDeviation):G3}</td>")
                    : "<td></td>");
            }

            text.Append("</tr>\n");
        }

        var more = groups.Count > MostGroups ? string.Create(CultureInfo.InvariantCulture, $"<p>… and {groups.Count - MostGroups} more, in the CSV file.</p>") : string.Empty;
        return text.Append("</table></div>\n").Append(more).ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
