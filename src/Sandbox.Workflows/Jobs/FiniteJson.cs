using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Jobs;

/// <summary>Values for readers of strict JSON, which has no word for NaN and infinity: null stands for them.</summary>
internal static class FiniteJson
{
    /// <summary>A copy without them.</summary>
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Of(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) && !double.IsFinite(number) => null,
        _ => node?.DeepClone(),
    };
}
