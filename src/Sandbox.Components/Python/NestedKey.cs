using System.Text.Json.Nodes;

namespace Sandbox.Components.Python;

/// <summary>Upstream's look-up of a dotted key in a row: the whole rest of the key first, then one level down.</summary>
internal static class NestedKey
{
    /// <summary>The value, or null. A value of null lets the look-up go on with the rest of the key in the same place,
    /// as upstream does; a list is looked through item by item.</summary>
    public static JsonNode? Find(JsonNode? root, string key)
    {
        var parts = key.Split('.');
        var current = root;
        for (var i = 0; i < parts.Length; i++)
        {
            var rest = string.Join('.', parts[i..]);
            switch (current)
            {
                case JsonArray list:
                    return new JsonArray([.. list.Select(item => Find(item, rest)?.DeepClone())]);
                case JsonObject map when map.TryGetPropertyValue(rest, out var found):
                    if (found is not null)
                    {
                        return found;
                    }

                    break;
                case JsonObject map when map.TryGetPropertyValue(parts[i], out var inner):
                    current = inner;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
