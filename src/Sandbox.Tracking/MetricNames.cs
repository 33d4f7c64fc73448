using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Tracking;

/// <summary>
/// The numbers of a watched result under dotted names, as upstream's watcher names them: keys of nested objects are
/// joined with dots. Where upstream logs a list as one value, its items become metrics under their index here, from 0;
/// longer lists than <see cref="LongestList"/> are samples rather than figures and stay in the whole result only.
/// </summary>
public static class MetricNames
{
    /// <summary>Lists up to this length become metrics.</summary>
    public const int LongestList = 64;

    /// <summary>Every number in the result with its name; true counts as 1, false as 0, text and null do not count.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Flatten(string name, JsonNode? result) => result switch
    {
        JsonObject map => map.SelectMany(e => Flatten($"{name}.{e.Key}", e.Value)),
        JsonArray { Count: <= LongestList } list => list.SelectMany((item, i) =>
            Flatten(string.Create(CultureInfo.InvariantCulture, $"{name}.{i}"), item)),
        JsonValue value when Number(value) is { } number => [KeyValuePair.Create(name, number)],
        _ => [],
    };

    private static double? Number(JsonValue value) =>
        value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<bool>(out var flag) ? (flag ? 1 : 0)
        : value.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;
}
