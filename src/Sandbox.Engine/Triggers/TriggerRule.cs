using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Triggers;

/// <summary>Checks what triggers say before a definition is published: a schedule that is none would never start anything.</summary>
internal sealed class TriggerRule : IDefinitionRule
{
    public IEnumerable<DefinitionFault> Check(WorkflowDefinition definition)
    {
        foreach (var trigger in TriggerIndex.Of(definition))
        {
            if (Problem(trigger) is { } problem)
            {
                yield return new DefinitionFault(trigger.ActivityId, $"Activity \"{trigger.ActivityId}\" ({trigger.ActivityType}): {problem}");
            }
        }
    }

    private static string? Problem(StoredTrigger trigger)
    {
        if (trigger.ActivityType == HttpEndpoint.TypeName)
        {
            return string.IsNullOrWhiteSpace(trigger.Input("path")) ? "path is missing: the path below /workflows/ that starts the workflow." : null;
        }

        if (trigger.ActivityType == Event.TypeName)
        {
            return string.IsNullOrWhiteSpace(trigger.Input("eventName")) ? "eventName is missing." : null;
        }

        try
        {
            Schedule.Parse(trigger.ActivityType, trigger.Input);
            return null;
        }
        catch (ActivityFault e)
        {
            return e.Message;
        }
    }
}
