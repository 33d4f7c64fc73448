using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Tests.Conformance;

/// <summary>Compares JSON by value: numbers within 1e-9, absent keys as null.</summary>
internal static class JsonCompare
{
    public static string? Difference(JsonNode? expected, JsonNode? actual, string where)
    {
        switch (expected)
        {
            case null:
                return actual is null ? null : $"{where}: expected null, got {Short(actual)}";
            case JsonArray list:
                return actual is JsonArray other && other.Count == list.Count
                    ? list.Select((item, i) => Difference(item, other[i], $"{where}[{i}]")).FirstOrDefault(d => d is not null)
                    : $"{where}: expected {list.Count} items, got {Short(actual)}";
            case JsonObject map:
                return actual is JsonObject found
                    ? map.Select(p => p.Key).Union(found.Select(p => p.Key)).Select(k => Difference(map[k], found[k], $"{where}.{k}")).FirstOrDefault(d => d is not null)
                    : $"{where}: expected an object, got {Short(actual)}";
            default:
                return Same(expected, actual) ? null : $"{where}: expected {Short(expected)}, got {Short(actual)}";
        }
    }

    public static JsonNode? Hashed(JsonNode expected, JsonNode actual)
    {
        if (expected["text_sha256"] is null || actual["text"] is not JsonValue text)
        {
            return actual;
        }

        var copy = (JsonObject)actual.DeepClone();
        copy.Remove("meta");
        copy.Remove("text");
        copy["text_sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.GetValue<string>())))[..32];
        return copy;
    }

    private static bool Same(JsonNode expected, JsonNode? actual)
    {
        if (actual is null)
        {
            return false;
        }

        if (expected.GetValueKind() == JsonValueKind.Number && actual.GetValueKind() == JsonValueKind.Number)
        {
            var (a, b) = (Number(expected), Number(actual));
            return Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
        }

        return JsonNode.DeepEquals(expected, actual);
    }

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length > 200 ? text[..200] + "…" : text;
    }
}
