using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;

namespace Sandbox.Workflows.Compilation;

/// <summary>The type of component that an editor lets choose from a list. It means <c>type</c> of the options: in place where the
/// options stand there, and as a setting of <c>local</c> where they are in a file.</summary>
internal static class ComponentChoice
{
    private const string Type = "type";

    /// <summary>The options with the chosen type; where they are a path, as they are.</summary>
    public static JsonNode? Apply(JsonNode? options, string? chosen)
    {
        if (string.IsNullOrEmpty(chosen) || options is not (null or JsonObject))
        {
            return options;
        }

        var rest = (options as JsonObject ?? []).Where(o => o.Key != Type).Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()));
        return new JsonObject([KeyValuePair.Create(Type, (JsonNode?)chosen), .. rest]);
    }

    /// <summary>What is set in a file of options: the chosen type, or nothing.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Local(JsonNode? options, string? chosen) =>
        string.IsNullOrEmpty(chosen) || options is null or JsonObject ? [] : [KeyValuePair.Create($"{ConfigKeys.ExtraConfigs}.{Type}", (JsonNode?)chosen)];
}
