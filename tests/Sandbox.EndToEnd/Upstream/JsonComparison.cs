using System.Text.Json.Nodes;

namespace Sandbox.EndToEnd.Upstream;

/// <summary>Compares JSON value by value: numbers to 1e-9 of their size, all else exactly, key order aside.</summary>
internal static class JsonComparison
{
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<string> Differences(string expected, string actual) =>
        [.. Compare("$", JsonNode.Parse(expected), JsonNode.Parse(actual))];

    public static IReadOnlyList<string> RowDifferences(IReadOnlyList<string> expected, IReadOnlyList<string> actual) =>
        expected.Count != actual.Count
            ? [FormattableString.Invariant($"{expected.Count} rows are expected, {actual.Count} are there.")]
            : [.. expected.Zip(actual).SelectMany((pair, row) => Compare(
                FormattableString.Invariant($"row {row}"), JsonNode.Parse(pair.First), JsonNode.Parse(pair.Second)))];

    public static bool AreClose(double expected, double actual) =>
        Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));

    private static IEnumerable<string> Compare(string place, JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject e, JsonObject a) => e.Select(p => p.Key).Union(a.Select(p => p.Key), StringComparer.Ordinal)
            .SelectMany(key => Compare($"{place}.{key}", e[key], a[key])),
        (JsonArray e, JsonArray a) when e.Count == a.Count => e.Zip(a).SelectMany(
            (pair, index) => Compare(FormattableString.Invariant($"{place}[{index}]"), pair.First, pair.Second)),
        (JsonValue e, JsonValue a) when e.TryGetValue(out double x) && a.TryGetValue(out double y) && AreClose(x, y) => [],
        _ when JsonNode.DeepEquals(expected, actual) => [],
        _ => [$"{place}: {expected?.ToJsonString() ?? "null"} is expected, {actual?.ToJsonString() ?? "null"} is there."],
    };
}
