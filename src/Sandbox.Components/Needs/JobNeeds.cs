using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Needs;

/// <summary>What a job needs on its machine beside its data.</summary>
/// <param name="Program">The program that it runs, or null.</param>
/// <param name="Environment">The environment that it runs in, or null.</param>
public sealed record JobNeeds(string? Program, EnvironmentSpec? Environment)
{
    private static readonly string[] NoKeys = [];

    /// <summary>Reads them off a job's checked options.</summary>
    /// <param name="extraConfigs">The job's <c>extra_configs</c>.</param>
    /// <param name="directory">What relative paths mean.</param>
    public static JobNeeds Of(JsonObject? extraConfigs, string directory)
    {
        if (extraConfigs is null)
        {
            return new JobNeeds(null, null);
        }

        // Only the options of the environment are bound; the others are somebody else's to check.
        var known = OptionsBinder.Describe(typeof(Options)).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var own = new JsonObject(extraConfigs.Where(e => known.Contains(e.Key)).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));
        var options = (Options)OptionsBinder.Bind(typeof(Options), own, new List<OptionFault>(), NoKeys);
        return new JobNeeds(ProgramOf(extraConfigs), options.HasEnvironment ? options.Spec(path => Path.GetFullPath(path, directory)) : null);
    }

    private static string? ProgramOf(JsonObject options) => Text(options["type"]) switch
    {
        "command" when options["command"] is JsonArray { Count: > 0 } command => Text(command[0]) is { Length: > 0 } program
            && !program.Contains("{{", StringComparison.Ordinal) ? program : null,
        "fasttext" => "fasttext",
        _ => null,
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private sealed class Options : EnvironmentOptions;
}
