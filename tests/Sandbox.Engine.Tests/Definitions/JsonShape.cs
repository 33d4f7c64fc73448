using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Tests.Definitions;

/// <summary>Compares JSON in which one side may have more than the other.</summary>
internal static class JsonShape
{
    /// <summary>Paths of everything in one JSON that another one lacks or has otherwise; null may become
    /// whatever stands for nothing.</summary>
    public static IReadOnlyList<string> Missing(JsonNode? wanted, JsonNode? actual, string path = "$") => (wanted, actual) switch
    {
        (null, _) => [],
        (JsonObject a, JsonObject b) =>
        [
            .. a.SelectMany(member => member.Key is "nodeId"
                ? []
                : Missing(member.Value, b.ContainsKey(member.Key) ? b[member.Key] : b[JsonText.Camel(member.Key)], $"{path}.{member.Key}")),
        ],
        (JsonArray a, JsonArray b) when a.Count == b.Count =>
            [.. a.SelectMany((item, i) => Missing(item, b[i], $"{path}[{i}]"))],
        _ when JsonNode.DeepEquals(wanted, actual) => [],
        _ => [$"{path}: {wanted?.ToJsonString()} became {actual?.ToJsonString()}"],
    };
}
