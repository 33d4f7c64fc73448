using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Workflows.Compilation;

/// <summary>Reads the inputs of an activity that hold YAML.</summary>
internal static class ActivityYaml
{
    /// <summary>The value; null where the text is empty.</summary>
    /// <exception cref="JobFailedException">The text is no YAML.</exception>
    public static JsonNode? Value(string? text, string input)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(text, input, faults);
        return faults.Count == 0
            ? node?.ToJson()
            : throw new JobFailedException($"Input \"{input}\" is not valid YAML: {faults[0]} Mend it in the workflow.");
    }

    /// <summary>A mapping; empty where the text is.</summary>
    public static JsonObject Map(string? text, string input) => Value(text, input) switch
    {
        null => [],
        JsonObject map => map,
        _ => throw new JobFailedException($"Input \"{input}\" must be a mapping in YAML. Mend it in the workflow."),
    };

    /// <summary>A text or a list of texts; empty where the text is.</summary>
    public static IReadOnlyList<string> Texts(string? text, string input) => Value(text, input) switch
    {
        null => [],
        JsonArray items => [.. items.Select(i => i?.ToString() ?? string.Empty)],
        JsonObject => throw new JobFailedException($"Input \"{input}\" must be a list in YAML. Mend it in the workflow."),
        var one => [one.ToString()],
    };
}
