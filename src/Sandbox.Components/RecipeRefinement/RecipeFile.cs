using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Files;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Components.RecipeRefinement;

/// <summary>Writes a recipe so that this program and Data-Juicer read it back.</summary>
internal static class RecipeFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes YAML with sorted keys, as upstream does, or JSON where the configured path ends so.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="configuredPath">The path in the config; its ending decides the format.</param>
    /// <param name="file">The file to write.</param>
    /// <param name="cancellationToken">Stops the writing; an older file then stays as it was.</param>
    public static Task WriteAsync(JsonObject recipe, string configuredPath, string file, CancellationToken cancellationToken)
    {
        var text = configuredPath.EndsWith(".json", StringComparison.Ordinal)
            ? recipe.ToJsonString(Json)
            : YamlText.Write(Sorted(recipe));
        return WholeFile.WriteTextAsync(file, text, cancellationToken);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
