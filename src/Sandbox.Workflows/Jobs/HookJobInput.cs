using System.Globalization;
using System.Text.Json.Nodes;
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

    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Reads the evaluated inputs of a job.</summary>
    /// <exception cref="JobFailedException">An input is not the YAML that it should be.</exception>
    public static HookJobInput Of(JobExecution job) => Read(name => job.Inputs[name]?.ToString());

    /// <summary>The meta name alone, which is no YAML.</summary>
    public static string? MetaNameOf(JobExecution job) => MetaNameIn(name => job.Inputs[name]?.ToString());

    /// <summary>Reads inputs by name.</summary>
    /// <exception cref="JobFailedException">An input is not the YAML that it should be.</exception>
    public static HookJobInput Read(Func<string, string?> text)
    {
        var (options, type) = (ActivityYaml.Value(text(ActivityNames.ExtraConfigs), ActivityNames.ExtraConfigs), text(ActivityNames.ComponentType));
        var local = ActivityYaml.Map(text(ActivityNames.Local), ActivityNames.Local);
        return new HookJobInput
        {
            MetaName = MetaNameIn(text),
            DjConfigs = ActivityYaml.Value(text(ActivityNames.DjConfigs), ActivityNames.DjConfigs),
            ExtraConfigs = ComponentChoice.Apply(options, type),
            Input = ActivityYaml.Map(text(ActivityNames.Input), ActivityNames.Input),
            Local = ComponentChoice.Local(options, type).ToList() is [var chosen]
                ? new JsonObject([chosen, .. local.Where(l => l.Key != chosen.Key).Select(l => KeyValuePair.Create(l.Key, l.Value?.DeepClone()))])
                : local,
            Output = text(ActivityNames.Output) is { Length: > 0 } names ? ActivityYaml.Texts(names, ActivityNames.Output) : null,
            Resources = ActivityYaml.Map(text(ActivityNames.Resources), ActivityNames.Resources)
                .ToDictionary(r => r.Key, r => Count(r.Key, r.Value), StringComparer.Ordinal),
        };
    }

    /// <summary>The limits alone.</summary>
    public static IReadOnlyDictionary<string, string> LimitsOf(JobExecution job) =>
        ActivityYaml.Map(job.Inputs[ActivityNames.Limits]?.ToString(), ActivityNames.Limits)
            .ToDictionary(l => l.Key, l => l.Value?.ToString() ?? string.Empty, StringComparer.Ordinal);

    private static string? MetaNameIn(Func<string, string?> text) =>
        text(ActivityNames.MetaName) is { Length: > 0 } name ? name : null;

    private static int Count(string name, JsonNode? value) =>
        int.TryParse(value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new JobFailedException($"resources.{name} must be a whole number, not {value}.");
}
