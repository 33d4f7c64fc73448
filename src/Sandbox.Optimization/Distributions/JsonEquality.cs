using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Distributions;

/// <summary>When two values of a parameter are the same: 1 and 1.0 are, 1 and "1" and true are not.</summary>
internal static class JsonEquality
{
    /// <summary>Whether a value that was seen is the one configured; keys that it has besides are overlooked, since
    /// programs add to their settings.</summary>
    public static bool Matches(JsonNode? configured, JsonNode? seen) => (configured, seen) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (JsonObject a, JsonObject b) => a.All(p => b.TryGetPropertyValue(p.Key, out var other) && Matches(p.Value, other)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => Matches(p.First, p.Second)),
        (JsonValue a, JsonValue b) => SameScalar(a, b),
        _ => false,
    };

    /// <summary>Whether two values are the same, with all their keys.</summary>
    public static bool Same(JsonNode? a, JsonNode? b) => Matches(a, b) && Matches(b, a);

    private static bool SameScalar(JsonValue a, JsonValue b)
    {
        var (kind, other) = (a.GetValueKind(), b.GetValueKind());
        return kind == other && kind switch
        {
            JsonValueKind.Number => Numbers.Of(a) is { } number ? number.Equals(Numbers.Of(b)) : a.ToJsonString() == b.ToJsonString(),
            JsonValueKind.String => a.GetValue<string>() == b.GetValue<string>(),
            _ => true,
        };
    }
}
