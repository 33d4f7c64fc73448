using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Gives inputs the type that their activity's description says. Studio leaves it out where it fills in an input that had
/// no value before, and an Elsa server takes an input without a type as empty.</summary>
internal static class InputTypes
{
    private const string TypeName = "typeName";

    public static void Complete(JsonNode? node, ActivityRegistry registry)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Complete(item, registry);
                }

                break;
            case JsonObject map:
                CompleteOne(map, registry);
                foreach (var (_, member) in map)
                {
                    Complete(member, registry);
                }

                break;
        }
    }

    private static void CompleteOne(JsonObject activity, ActivityRegistry registry)
    {
        if (activity["type"] is not JsonValue type || !type.TryGetValue<string>(out var name))
        {
            return;
        }

        foreach (var input in registry.All.FirstOrDefault(d => d.TypeName == name)?.Inputs ?? [])
        {
            if (activity[Camel(input.Name)] is JsonObject binding && binding.ContainsKey("expression") && binding[TypeName] is null)
            {
                binding[TypeName] = input.TypeName;
            }
        }
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
