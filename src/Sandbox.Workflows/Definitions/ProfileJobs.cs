using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Reads hook activities back as jobs.</summary>
internal static class ProfileJobs
{
    /// <summary>Waits that a YAML's <c>retry</c> means where it names none.</summary>
    private static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(10);

    /// <summary>The job of a hook activity.</summary>
    public static JobConfig Read(ActivityNode node, string hook, Stage stage, int index, Action<string> fault)
    {
        var inputs = new ProfileInputs(node, fault);
        return new JobConfig
        {
            Stage = stage,
            Index = index,
            Hook = hook,
            MetaName = inputs.Text(ActivityNames.MetaName),
            DjConfigs = Config(inputs, ActivityNames.DjConfigs, fault),
            ExtraConfigs = inputs.Text(ActivityNames.ComponentType) is { } type && inputs.Value(ActivityNames.ExtraConfigs) is null or JsonObject
                ? new ConfigReference(null, (JsonObject)ComponentChoice.Apply(inputs.Value(ActivityNames.ExtraConfigs), type)!)
                : Config(inputs, ActivityNames.ExtraConfigs, fault),
            Input = Inputs(inputs),
            Output = inputs.Texts(ActivityNames.Output),
            Local = new OrderedDictionary<string, JsonNode?>(
                ComponentChoice.Local(inputs.Value(ActivityNames.ExtraConfigs), inputs.Text(ActivityNames.ComponentType))
                    .Concat(inputs.Map(ActivityNames.Local).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())))
                    .DistinctBy(m => m.Key, StringComparer.Ordinal),
                StringComparer.Ordinal),
            Retry = Retry(inputs),
            Timeout = inputs.Duration(ActivityNames.Timeout),
            Resources = inputs.Counts(ActivityNames.Resources),
            Limits = Texts(inputs.Map(ActivityNames.Limits)),
        };
    }

    /// <summary>A mapping of text to text.</summary>
    public static OrderedDictionary<string, string> Texts(JsonObject map) => new(
        map.Select(m => KeyValuePair.Create(m.Key, m.Value?.ToString() ?? string.Empty)), StringComparer.Ordinal);

    private static OrderedDictionary<string, string> Inputs(ProfileInputs inputs) => Texts(inputs.Map(ActivityNames.Input));

    private static ConfigReference? Config(ProfileInputs inputs, string name, Action<string> fault)
    {
        switch (inputs.Value(name))
        {
            case null:
                return null;
            case JsonObject inline:
                return new ConfigReference(null, inline);
            case JsonValue path when path.TryGetValue<string>(out var text):
                return text.Length == 0 ? null : new ConfigReference(text, null);
            default:
                fault($"input \"{name}\" must be a mapping in YAML, or the path of a file that holds one.");
                return null;
        }
    }

    private static RetryOptions? Retry(ProfileInputs inputs)
    {
        var (attempts, backoff) = (inputs.Whole(ActivityNames.MaxAttempts, 1), inputs.Duration(ActivityNames.Backoff));
        return attempts is null && backoff is null ? null : new RetryOptions(attempts ?? 1, backoff ?? DefaultBackoff);
    }
}
