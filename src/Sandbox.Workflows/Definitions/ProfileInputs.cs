using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using CoreDurations = Sandbox.Core.Configuration.Durations;
using EngineDurations = Sandbox.Engine.Jobs.Durations;

namespace Sandbox.Workflows.Definitions;

/// <summary>The inputs of an activity of the sandbox profile as values, whatever their formatting.</summary>
internal sealed class ProfileInputs(ActivityNode node, Action<string> fault)
{
    /// <summary>The text of an input; null where it is absent or empty.</summary>
    public string? Text(string name)
    {
        if (!node.Inputs.TryGetValue(name, out var binding) || binding.Value is null)
        {
            return null;
        }

        if (binding.ExpressionType is not (null or ExpressionTypes.Literal))
        {
            fault($"input \"{name}\" is bound by {binding.ExpressionType}: a YAML holds only the value itself. Set it as Literal.");
            return null;
        }

        if (binding.Value is not JsonValue value)
        {
            fault($"input \"{name}\" must be text that holds YAML.");
            return null;
        }

        return value.ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The YAML of an input; null where it is absent or says nothing.</summary>
    public JsonNode? Value(string name)
    {
        try
        {
            return ActivityYaml.Value(Text(name), name) is { } value and not JsonObject { Count: 0 } ? value : null;
        }
        catch (JobFailedException e)
        {
            fault(e.Message);
            return null;
        }
    }

    /// <summary>A mapping; empty where there is none.</summary>
    public JsonObject Map(string name) => Value(name) switch
    {
        null => [],
        JsonObject map => map,
        _ => Refuse<JsonObject>(name, "a mapping", []),
    };

    /// <summary>A mapping of names to whole numbers from 0.</summary>
    public IReadOnlyDictionary<string, int> Counts(string name)
    {
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(name))
        {
            counts[key] = int.TryParse(value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : Refuse(name, $"a mapping of names to whole numbers, not {key}: {value}", 0);
        }

        return counts;
    }

    /// <summary>A text or a list of texts; null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string name) => Value(name) switch
    {
        null => null,
        JsonArray list => [.. list.Select(i => i?.ToString() ?? string.Empty)],
        JsonValue one => [one.ToString()],
        _ => Refuse<IReadOnlyList<string>?>(name, "text or a list of text", null),
    };

    /// <summary>A whole number from a least one; null where there is none.</summary>
    public int? Whole(string name, int least) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least => number,
        _ => Refuse<int?>(name, FormattableString.Invariant($"a whole number from {least}"), null),
    };

    /// <summary>A duration, as the YAML or the engine writes it; null where there is none.</summary>
    public TimeSpan? Duration(string name) => Text(name) switch
    {
        null => null,
        var text when CoreDurations.Parse(text, out var span) is null || EngineDurations.TryParse(text, out span) => span,
        _ => Refuse<TimeSpan?>(name, "a duration as 30s or 12h", null),
    };

    /// <summary>Whether two forms of an input mean the same: both literal, with the same value however it is written.</summary>
    public static bool AreSame(string activityType, string name, JsonNode? one, JsonNode? other) =>
        Canonical(activityType, name, one) is { } first && Canonical(activityType, name, other) is { } second && first == second;

    /// <summary>The inputs that are there and say nothing, as Studio leaves them when they are emptied.</summary>
    public static IEnumerable<string> Empty(string activityType, JsonObject activity) =>
        activity.Select(m => m.Key).Where(name => Canonical(activityType, name, activity[name]) is { Length: 0 }).ToList();

    // Null for what is no input of the profile; empty for one that says nothing.
    private static string? Canonical(string activityType, string name, JsonNode? json)
    {
        if (Kind(activityType, name) is not { } kind || json is not JsonObject { } binding)
        {
            return null;
        }

        var expression = binding["expression"] as JsonObject;
        if (expression is not null && expression["type"]?.ToString() is not (null or ExpressionTypes.Literal))
        {
            return null;
        }

        var input = InputBinding.Literal("String", expression?["value"]?.DeepClone());
        var node = new ActivityNode
        {
            Type = activityType,
            Inputs = new Dictionary<string, InputBinding>(StringComparer.Ordinal) { [name] = input },
        };
        var isWrong = false;
        var inputs = new ProfileInputs(node, _ => isWrong = true);
        var text = kind switch
        {
            InputKind.Text => inputs.Text(name),
            InputKind.Whole => inputs.Whole(name, 0)?.ToString(CultureInfo.InvariantCulture),
            InputKind.Duration => inputs.Duration(name)?.Ticks.ToString(CultureInfo.InvariantCulture),
            InputKind.Texts => inputs.Texts(name) is { } texts ? JsonSerializer.Serialize(texts) : null,
            _ => inputs.Value(name)?.ToJsonString(),
        };
        return isWrong ? null : text ?? string.Empty;
    }

    private static InputKind? Kind(string activityType, string name) => (activityType, name) switch
    {
        (ActivityNames.CheckTargets, ActivityNames.Targets) => InputKind.Texts,
        (ActivityNames.CheckTargets, ActivityNames.Mode) => InputKind.Text,
        (ActivityNames.NextIteration, ActivityNames.MaxIterations) => InputKind.Whole,
        (ActivityNames.NextIteration, ActivityNames.Updater) => InputKind.Yaml,
        _ when ActivityNames.HookOf(activityType) is null => null,
        (_, ActivityNames.MetaName or ActivityNames.ComponentType) => InputKind.Text,
        (_, ActivityNames.Output) => InputKind.Texts,
        (_, ActivityNames.MaxAttempts) => InputKind.Whole,
        (_, ActivityNames.Backoff or ActivityNames.Timeout) => InputKind.Duration,
        (_, ActivityNames.DjConfigs or ActivityNames.ExtraConfigs or ActivityNames.Input or ActivityNames.Local
            or ActivityNames.Resources or ActivityNames.Limits) => InputKind.Yaml,
        _ => null,
    };

    private T Refuse<T>(string name, string expected, T nothing)
    {
        fault($"input \"{name}\" must be {expected}.");
        return nothing;
    }

    private enum InputKind
    {
        Text,
        Whole,
        Duration,
        Texts,
        Yaml,
    }
}
