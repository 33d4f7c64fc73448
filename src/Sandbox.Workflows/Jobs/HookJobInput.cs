using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Jobs;

/// <summary>The inputs of a hook activity, read from their YAML.</summary>
internal sealed record HookJobInput
{
    public string? MetaName { get; init; }

    /// <summary>A path (text), an inline config (object), or null.</summary>
    public JsonNode? DjConfigs { get; init; }

    /// <summary>A path (text), an inline config (object), or null.</summary>
    public JsonNode? ExtraConfigs { get; init; }

    public JsonObject Input { get; init; } = [];

    public JsonObject Local { get; init; } = [];

    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>Reads the evaluated inputs of a job.</summary>
    /// <exception cref="JobFailedException">An input is not the YAML that it should be.</exception>
    public static HookJobInput Of(JobExecution job) => Read(name => job.Inputs[name]?.ToString());

    /// <summary>Reads inputs by name.</summary>
    public static HookJobInput Read(Func<string, string?> text) => new()
    {
        MetaName = text(ActivityNames.MetaName) is { Length: > 0 } name ? name : null,
        DjConfigs = Parse(text, ActivityNames.DjConfigs),
        ExtraConfigs = Parse(text, ActivityNames.ExtraConfigs),
        Input = Map(text, ActivityNames.Input),
        Local = Map(text, ActivityNames.Local),
        Output = Parse(text, ActivityNames.Output) switch
        {
            null => null,
            JsonArray names => [.. names.Select(n => n?.ToString() ?? string.Empty)],
            var one => [one.ToString()],
        },
    };

    private static JsonObject Map(Func<string, string?> text, string name) => Parse(text, name) switch
    {
        null => [],
        JsonObject map => map,
        _ => throw new JobFailedException($"Input \"{name}\" must be a mapping in YAML. Mend it in the workflow."),
    };

    private static JsonNode? Parse(Func<string, string?> text, string name)
    {
        if (string.IsNullOrWhiteSpace(text(name)))
        {
            return null;
        }

        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(text(name)!, name, faults);
        return faults.Count == 0
            ? node?.ToJson()
            : throw new JobFailedException($"Input \"{name}\" is not valid YAML: {faults[0]}. Mend it in the workflow.");
    }
}
