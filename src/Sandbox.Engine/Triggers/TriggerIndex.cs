using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Triggers;

/// <summary>Finds what can start a definition: activities of its root that are triggers and may start it.</summary>
internal static class TriggerIndex
{
    private static readonly string[] Types =
        [HttpEndpoint.TypeName, TimerTrigger.TypeName, CronTrigger.TypeName, StartAt.TypeName, Event.TypeName];

    public static IEnumerable<StoredTrigger> Of(WorkflowDefinition definition) =>
        (definition.Root.Activities ?? [definition.Root])
            .Where(a => Types.Contains(a.Type, StringComparer.Ordinal) && CanStart(a))
            .Select(a => new StoredTrigger(definition.DefinitionId, definition.Id, a.Id, a.Type, Hash(a), Inputs(a), null));

    private static bool CanStart(ActivityNode activity) =>
        activity.CustomProperties["canStartWorkflow"]?.GetValueKind() == JsonValueKind.True;

    // Only what is written down can be looked for; a variable has no value before there is an instance.
    private static JsonObject Inputs(ActivityNode activity) => new(activity.Inputs
        .Where(i => i.Value.ExpressionType is null or ExpressionTypes.Literal or ExpressionTypes.Object or ExpressionTypes.Json)
        .Select(i => KeyValuePair.Create(i.Key, i.Value.Value?.DeepClone())));

    private static string? Hash(ActivityNode activity)
    {
        var payload = activity.Type switch
        {
            HttpEndpoint.TypeName => HttpStimulus.Of(Text(activity, "path")),
            Event.TypeName => Event.Stimulus(Text(activity, "eventName")),
            _ => null,
        };
        return payload is null ? null : BookmarkHash.Compute(activity.Type, payload);
    }

    private static string Text(ActivityNode activity, string name) =>
        Runtime.InputValues.Text(activity.Inputs.FirstOrDefault(i => i.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Value) ?? string.Empty;
}
