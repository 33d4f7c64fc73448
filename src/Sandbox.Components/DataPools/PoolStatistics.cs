using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Python;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataPools;

/// <summary>The statistics that an analysis left in the rows of a data pool.</summary>
internal static class PoolStatistics
{
    private const string Column = "__dj__stats__";

    /// <summary>Statistics that are numbers or lists of numbers, in the order in which they come; and the number of rows.</summary>
    public static async Task<(IReadOnlyList<string> Keys, int Rows)> FindAsync(
        string pool, DataPoolReader reader, CancellationToken cancellationToken)
    {
        var (keys, rows) = (new Dictionary<string, bool>(StringComparer.Ordinal), 0);
        var order = new List<string>();
        await foreach (var row in reader.ReadAsync(pool, cancellationToken))
        {
            rows++;
            foreach (var (key, value) in row[Column] as JsonObject ?? [])
            {
                if (value is not null && !(value is JsonArray { Count: 0 }) && keys.TryAdd(key, IsNumeric(value)))
                {
                    order.Add(key);
                }
            }
        }

        return ([.. order.Where(k => keys[k])], rows);
    }

    /// <summary>The value of a statistic in every row; of a list its mean, of an empty one 0.</summary>
    /// <exception cref="JobFailedException">A row has none.</exception>
    public static async Task<double[]> ReadAsync(
        string pool, string key, int rows, DataPoolReader reader, CancellationToken cancellationToken)
    {
        var values = new double[rows];
        var at = 0;
        await foreach (var row in reader.ReadAsync(pool, cancellationToken))
        {
            values[at++] = ValueOf((row[Column] as JsonObject)?[key]) ?? throw new JobFailedException(
                FormattableString.Invariant($"{pool}, row {at}: the statistic \"{key}\" is missing or no number, so the rows cannot be ranked by it."));
        }

        return values;
    }

    private static bool IsNumeric(JsonNode value) => value is JsonArray list ? list.All(v => v is not null && IsScalar(v)) : IsScalar(value);

    private static bool IsScalar(JsonNode value) => value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static double? ValueOf(JsonNode? node) => node switch
    {
        JsonArray { Count: 0 } => 0,
        JsonArray list when IsNumeric(list) => list.Average(v => PythonFloat.Parse(v).Value),
        not null when IsScalar(node) => PythonFloat.Parse(node).Value,
        _ => null,
    };
}
