using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Definitions;

namespace Sandbox.Workflows.Compilation;

/// <summary>The entries of <c>triggers</c> as activities, and back.</summary>
internal static class TriggerJson
{
    public const string StartType = "Elsa.Start";

    private static readonly (string Kind, string Type)[] Types =
        [(TriggerKinds.Http, "Elsa.HttpEndpoint"), (TriggerKinds.Cron, "Elsa.Cron"), (TriggerKinds.Timer, "Elsa.Timer")];

    private static readonly (string Kind, string Key, string Input)[] Inputs =
    [
        (TriggerKinds.Http, "path", "path"), (TriggerKinds.Http, "methods", "supportedMethods"), (TriggerKinds.Http, "mode", "mode"),
        (TriggerKinds.Http, "authorize", "authorize"), (TriggerKinds.Cron, "expression", "cronExpression"),
        (TriggerKinds.Cron, "timezone", "timezone"), (TriggerKinds.Cron, "missed", "missed"), (TriggerKinds.Timer, "interval", "interval"),
        (TriggerKinds.Timer, "missed", "missed"),
    ];

    /// <summary>Whether an activity is one that a YAML's triggers compile to.</summary>
    public static bool IsTrigger(ActivityNode node) =>
        Array.Exists(Types, t => t.Type == node.Type) && node.CustomProperties["canStartWorkflow"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    /// <summary>The activity of a trigger.</summary>
    public static JsonObject Build(TriggerConfig trigger, string id, double x, double y)
    {
        var type = Array.Find(Types, t => t.Kind == trigger.Kind).Type;
        var activity = ActivityJson.Activity(type, id, trigger.Kind, x, y);
        activity["customProperties"]!["canStartWorkflow"] = true;
        foreach (var (kind, key, input) in Inputs)
        {
            if (kind == trigger.Kind && trigger.Settings[key] is { } value)
            {
                activity[input] = ActivityJson.Literal(TypeOf(key), value is JsonArray ? value.ToJsonString() : value.DeepClone());
            }
        }

        return activity;
    }

    /// <summary>The inputs of a trigger as the engine's schedule asks for them.</summary>
    public static string? Input(TriggerConfig trigger, string name)
    {
        var key = Array.Find(Inputs, i => i.Kind == trigger.Kind && i.Input.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
        return key is null ? null : trigger.Settings[key]?.ToString();
    }

    /// <summary>The type of activity that a kind of trigger is.</summary>
    public static string TypeOfKind(string kind) => Array.Find(Types, t => t.Kind == kind).Type;

    /// <summary>The entry of a trigger activity.</summary>
    public static TriggerConfig Read(ActivityNode node, Action<string> refuse)
    {
        var kind = Array.Find(Types, t => t.Type == node.Type).Kind;
        var inputs = new ProfileInputs(node, refuse);
        var settings = new JsonObject();
        foreach (var (_, key, input) in Inputs.Where(i => i.Kind == kind))
        {
            if (inputs.Text(input) is { Length: > 0 } text)
            {
                settings[key] = key switch
                {
                    "methods" => JsonNode.Parse(text),
                    "authorize" => bool.TryParse(text, out var flag) && flag,
                    _ => text,
                };
            }
        }

        return new TriggerConfig(kind, settings);
    }

    private static string TypeOf(string key) => key switch
    {
        "authorize" => "Boolean",
        "methods" => "Object",
        "interval" => "TimeSpan",
        _ => "String",
    };
}
