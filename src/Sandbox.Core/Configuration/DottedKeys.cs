using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Configuration;

/// <summary>Dotted keys into a JSON value, as <c>local</c> and <c>input</c> use them: a number leads into a list, and a key
/// that itself holds dots is found under its whole name first.</summary>
public static class DottedKeys
{
    /// <summary>The value under a key; null where there is none.</summary>
    public static JsonNode? Find(JsonNode? root, string key)
    {
        if (root is JsonObject map && map.TryGetPropertyValue(key, out var whole))
        {
            return whole;
        }

        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Child(root, key) : Child(root, key[..dot]) is { } child ? Find(child, key[(dot + 1)..]) : null;
    }

    /// <summary>Sets the value under a key; mappings on the way that are missing are made.</summary>
    /// <param name="root">The mapping to change.</param>
    /// <param name="key">The dotted key.</param>
    /// <param name="value">The value; it must have no parent.</param>
    /// <returns>What stands in the way (a scalar, or an item that a list does not have), or null.</returns>
    public static string? Set(JsonObject root, string key, JsonNode? value)
    {
        JsonNode target = root;
        var parts = key.Split('.');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (target is JsonObject map && map.ContainsKey(string.Join('.', parts[i..])))
            {
                return SetChild(target, string.Join('.', parts[i..]), value, key);
            }

            var next = Child(target, parts[i]);
            if (next is null)
            {
                next = new JsonObject();
                if (SetChild(target, parts[i], next, key) is { } problem)
                {
                    return problem;
                }
            }

            target = next;
        }

        return SetChild(target, parts[^1], value, key);
    }

    private static JsonNode? Child(JsonNode? node, string part) => node switch
    {
        JsonObject map => map[part],
        JsonArray list when Index(part, list.Count) is { } index => list[index],
        _ => null,
    };

    private static string? SetChild(JsonNode target, string part, JsonNode? value, string key)
    {
        switch (target)
        {
            case JsonObject map:
                map[part] = value;
                return null;
            case JsonArray list when Index(part, list.Count) is { } index:
                list[index] = value;
                return null;
            case JsonArray list:
                return $"\"{key}\" cannot be set: \"{part}\" is no item of a list of {list.Count}.";
            default:
                return $"\"{key}\" cannot be set: what holds \"{part}\" is no mapping.";
        }
    }

    private static int? Index(string part, int count) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;
}
