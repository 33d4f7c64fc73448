using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis.Figures;

/// <summary>The figures of an analysis beside the overall table: as data (<c>figures.json</c>, <c>correlation.csv</c>,
/// <c>breakdown-TAG.csv</c>) and as a page (<c>report.html</c>).</summary>
internal sealed class AnalysisFigures(IReadOnlyList<string> tags)
{
    private readonly Correlation _correlation = new();
    private readonly List<Breakdown> _breakdowns = [.. tags.Select(t => new Breakdown(t))];

    public void Add(Row row)
    {
        _correlation.Add(row.Stats);
        _breakdowns.ForEach(b => b.Add(row));
    }

    /// <summary>The files by name.</summary>
    public IEnumerable<(string Name, string Content)> Files(string title, IReadOnlyList<ColumnFigure> columns, OverallTable table)
    {
        var (names, matrix) = _correlation.ToMatrix();
        var breakdowns = _breakdowns.Where(b => !b.IsEmpty).ToList();
        yield return ("figures.json", ToJson(columns, names, matrix, breakdowns).ToJsonString(RowWriter.Relaxed) + "\n");
        yield return ("correlation.csv", Matrix(names, matrix));
        foreach (var breakdown in breakdowns)
        {
            yield return ($"breakdown-{FileName(breakdown.Key)}.csv", Csv(breakdown));
        }

        yield return ("report.html", ReportPage.Of(title, table, columns, names, matrix, breakdowns));
    }

    private static JsonObject ToJson(
        IReadOnlyList<ColumnFigure> columns, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> matrix, List<Breakdown> breakdowns) => new()
        {
            ["columns"] = new JsonObject(columns.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)c.ToJson()))),
            ["correlation"] = new JsonObject
            {
                ["columns"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]),
                ["matrix"] = new JsonArray([.. matrix.Select(row => new JsonArray([.. row.Select(ColumnFigure.Number)]))]),
            },
            ["breakdown"] = new JsonObject(breakdowns.Select(b => KeyValuePair.Create(b.Key, (JsonNode?)ToJson(b)))),
        };

    private static JsonArray ToJson(Breakdown breakdown) => new([.. breakdown.Groups.Select(g => new JsonObject
    {
        ["value"] = g.Value,
        ["rows"] = g.Rows,
        ["statistics"] = new JsonObject(g.Columns.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)new JsonObject
        {
            ["count"] = c.Value.Count,
            ["mean"] = ColumnFigure.Number(c.Value.Mean),
            ["std"] = ColumnFigure.Number(c.Value.StandardDeviation),
            ["min"] = ColumnFigure.Number(c.Value.Min),
            ["max"] = ColumnFigure.Number(c.Value.Max),
        }))),
    })]);

    private static string Matrix(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> matrix)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            text.Append(',').Append(Cell(name));
        }

        text.Append('\n');
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(Cell(names[i]));
            foreach (var value in matrix[i])
            {
                text.Append(',').Append(Cell(value));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Csv(Breakdown breakdown)
    {
        var text = new StringBuilder().Append(Cell(breakdown.Key)).Append(",rows,statistic,count,mean,std,min,max\n");
        foreach (var group in breakdown.Groups)
        {
            foreach (var (name, moments) in group.Columns)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Cell(group.Value)},{group.Rows},{Cell(name)},{moments.Count},")
                    .AppendJoin(',', new[] { moments.Mean, moments.StandardDeviation, moments.Min, moments.Max }.Select(Cell)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string FileName(string key) => string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));

    private static string Cell(double value) => double.IsFinite(value) ? PythonNumber.Repr(value) : string.Empty;

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") >= 0
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}

/// <summary>The figure of one statistic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Histogram">Of numbers; null where there are none.</param>
/// <param name="Box">Of numbers; null where there are none.</param>
/// <param name="Values">The most frequent texts; null where it is a number.</param>
internal sealed record ColumnFigure(string Name, Histogram? Histogram, BoxFigure? Box, IReadOnlyList<(string Text, long Count)>? Values)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Histogram is { } histogram)
        {
            json["histogram"] = new JsonObject
            {
                ["low"] = histogram.Low,
                ["high"] = histogram.High,
                ["counts"] = new JsonArray([.. histogram.Counts.Select(c => JsonValue.Create(c))]),
            };
        }

        if (Box is { } box)
        {
            json["box"] = JsonSerializer.SerializeToNode(new
            {
                q1 = box.Q1, median = box.Median, q3 = box.Q3, low_whisker = box.LowWhisker, high_whisker = box.HighWhisker, outliers = box.Outliers,
            });
        }

        if (Values is { } values)
        {
            json["values"] = new JsonArray([.. values.Select(v => new JsonObject { ["value"] = v.Text, ["count"] = v.Count })]);
        }

        return json;
    }

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
