using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using EngineDurations = Sandbox.Engine.Jobs.Durations;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>Hook inputs by what they mean: the formatting of YAML is nobody's business.</summary>
internal static class Literals
{
    public static WorkflowDefinition ByValue(WorkflowDefinition definition)
    {
        var json = DefinitionJson.Write(definition);
        Normalize(json["root"]!.AsObject());
        return DefinitionJson.Read(json);
    }

    private static void Normalize(JsonObject activity)
    {
        foreach (var child in activity["activities"] as JsonArray ?? [])
        {
            Normalize(child!.AsObject());
        }

        if (ActivityNames.HookOf(activity["type"]!.ToString()) is null)
        {
            return;
        }

        foreach (var name in activity.Select(m => m.Key).ToList())
        {
            if (activity[name] is JsonObject { } input && input["expression"] is JsonObject expression && Value(name, expression["value"]?.ToString()) is { } value)
            {
                expression["value"] = value;
            }
            else if (activity[name] is JsonObject gone && gone["expression"] is not null)
            {
                activity.Remove(name);
            }
        }
    }

    private static string? Value(string name, string? text) => string.IsNullOrEmpty(text) ? null : name switch
    {
        "timeout" or "backoff" => (Durations.Parse(text, out var span) is null || EngineDurations.TryParse(text, out span)) ? $"{span}" : text,
        "maxAttempts" or "metaName" => text,
        _ => ActivityYaml.Value(text, name)?.ToJsonString(),
    };
}
