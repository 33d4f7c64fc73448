using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>Flow ports that an activity has by its own settings.</summary>
internal static class OwnPorts
{
    /// <summary>A fork's branches: its input as a list, or as JSON text. None where it is an expression that only a run can evaluate.</summary>
    public static IEnumerable<string> Branches(ActivityNode activity)
    {
        var binding = activity.Inputs.FirstOrDefault(i => i.Key.Equals("branches", StringComparison.OrdinalIgnoreCase)).Value;
        if (binding is null || binding.ExpressionType is ExpressionTypes.Variable or ExpressionTypes.Input)
        {
            return [];
        }

        var list = binding.Value is JsonValue ? InputValues.Convert(binding.Value, "Object") : binding.Value;
        return list is JsonArray names ? names.Select(InputValues.Text).OfType<string>() : [];
    }
}
