using System.Text.Json.Nodes;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>A result in the form that upstream's watcher logs: one value as it is, several as a list.</summary>
internal static class WatchedResult
{
    public static JsonNode? Of(HookResult result) => result.Names is { } names
        ? new JsonObject(names.Zip(result.Values, (name, value) => KeyValuePair.Create(name, value?.DeepClone())))
        : OfValues(result);

    private static JsonNode? OfValues(HookResult result) => result.Values switch
    {
        [var only] => only?.DeepClone(),
        var several => new JsonArray([.. several.Select(v => v?.DeepClone())]),
    };
}
