using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>Where a flowchart starts: Elsa's rules. An <c>Elsa.Start</c>, else what is marked <c>canStartWorkflow</c>,
/// else the first activity without inbound connection, else the first.</summary>
internal static class FlowStart
{
    public static ActivityGraphNode? Find(IReadOnlyList<ActivityGraphNode> activities, IReadOnlyList<Connection> connections)
    {
        var targets = connections.Select(c => c.TargetActivity).ToHashSet(StringComparer.Ordinal);
        return activities.FirstOrDefault(a => a.Type == "Elsa.Start")
            ?? activities.FirstOrDefault(a => CanStart(a.Definition))
            ?? activities.FirstOrDefault(a => !targets.Contains(a.Id))
            ?? activities.FirstOrDefault();
    }

    /// <summary>Whether an activity says that the workflow may start with it.</summary>
    public static bool CanStart(ActivityNode activity) => InputValues.IsTrue(activity.CustomProperties["canStartWorkflow"] as JsonValue);
}
