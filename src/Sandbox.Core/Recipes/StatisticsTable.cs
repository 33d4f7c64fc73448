using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Recipes;

/// <summary>
/// The table that an analysis ends with: a column a statistic, a row a measure (<c>count</c>, <c>mean</c>, <c>std</c>,
/// <c>min</c>, percentiles, <c>max</c>). NaN stands where a measure does not apply, as the mean of a text.
/// </summary>
/// <param name="Columns">Names of the statistics, in order.</param>
/// <param name="Index">Names of the rows, in order.</param>
/// <param name="Data">The values, a list a row.</param>
public sealed record StatisticsTable(
    IReadOnlyList<string> Columns, IReadOnlyList<string> Index, IReadOnlyList<IReadOnlyList<double>> Data)
{
    private const string TypeName = "table";

    /// <summary>The value in a row and a column; NaN where there is no such row or column.</summary>
    public double Value(string row, string column)
    {
        var (i, j) = (IndexOf(Index, row), IndexOf(Columns, column));
        return i < 0 || j < 0 ? double.NaN : Data[i][j];
    }

    /// <summary>The form in which the table is watched: <c>_type</c>, <c>columns</c>, <c>index</c> and <c>data</c>; JSON
    /// has no NaN, so null stands for it.</summary>
    public JsonObject ToJson() => new()
    {
        ["_type"] = TypeName,
        ["columns"] = new JsonArray([.. Columns.Select(c => JsonValue.Create(c))]),
        ["index"] = new JsonArray([.. Index.Select(i => JsonValue.Create(i))]),
        ["data"] = new JsonArray([.. Data.Select(row => new JsonArray([.. row.Select(Number)]))]),
    };

    /// <summary>Reads the watched form; null where the value is not such a table.</summary>
    public static StatisticsTable? FromJson(JsonNode? node)
    {
        if (node is not JsonObject table || table["columns"] is not JsonArray columns || table["index"] is not JsonArray index
            || table["data"] is not JsonArray data)
        {
            return null;
        }

        var rows = data.Select(row => (row as JsonArray)?.Select(Parse).ToList()).ToList();
        var fits = rows.Count == index.Count && rows.All(row => row?.Count == columns.Count);
        return fits ? new StatisticsTable(Texts(columns), Texts(index), rows!) : null;
    }

    private static List<string> Texts(JsonArray array) => [.. array.Select(n => n?.ToString() ?? string.Empty)];

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Parse(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : double.NaN;

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
