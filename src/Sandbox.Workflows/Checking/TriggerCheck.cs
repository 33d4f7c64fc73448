using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Triggers;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Checking;

/// <summary>Checks what only the engine can read: the schedules of triggers.</summary>
internal static class TriggerCheck
{
    public static IEnumerable<Fault> Of(IReadOnlyList<TriggerConfig> triggers)
    {
        foreach (var trigger in triggers.Where(t => t.Kind != TriggerKinds.Http && t.Settings.Count > 0))
        {
            if (Problem(trigger) is { } problem)
            {
                yield return new Fault(trigger.Location, problem);
            }
        }
    }

    private static string? Problem(TriggerConfig trigger)
    {
        try
        {
            Schedule.Parse(TriggerJson.TypeOfKind(trigger.Kind), name => TriggerJson.Input(trigger, name));
            return null;
        }
        catch (ActivityFault e)
        {
            return e.Message;
        }
    }
}
