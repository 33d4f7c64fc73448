using System.Text.Json.Nodes;

namespace Sandbox.Engine.Triggers;

/// <summary>What can start a published definition.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="DefinitionVersionId">Its published version.</param>
/// <param name="ActivityId">The trigger in it.</param>
/// <param name="ActivityType">The type of trigger.</param>
/// <param name="Hash">By which a stimulus finds it; null for one that goes by time.</param>
/// <param name="Inputs">Its inputs as given, by name in camel case.</param>
/// <param name="NextAt">When it is due; null where it is not, any more.</param>
public sealed record StoredTrigger(
    string DefinitionId, string DefinitionVersionId, string ActivityId, string ActivityType, string? Hash, JsonObject Inputs, DateTimeOffset? NextAt)
{
    /// <summary>An input as text, by its name in any spelling.</summary>
    public string? Input(string name)
    {
        var value = Inputs.FirstOrDefault(i => i.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return Runtime.InputValues.Text(value);
    }
}
