using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Holds the connections of a flowchart to what a YAML can say: one thing after another, then the iteration.</summary>
internal sealed class ProfileFlow(ActivityNode flowchart, Action<ActivityNode, string> refuse)
{
    private readonly IReadOnlyList<ActivityNode> _all = flowchart.Activities ?? [];

    /// <summary>Why an activity has no YAML.</summary>
    public static string WhyNot(ActivityNode node) => node.Type switch
    {
        ActivityNames.CheckTargets or ActivityNames.NextIteration =>
            "it stands elsewhere than after the last pipeline, right in the flowchart, where iter_targets and max_iter_num put it.",
        ActivityNames.Sequence =>
            $"it is a sequence without the custom property {ActivityNames.Role} (pipeline, stage:probe …), or not where such a one can stand.",
        _ => $"{node.Type} has no YAML: a sandbox YAML holds only hooks, pipelines and stages. Export the workflow as .json instead.",
    };

    /// <summary>The activities but those of the iteration, in running order.</summary>
    public IReadOnlyList<ActivityNode> Steps()
    {
        var strangers = _all.SelectMany(n => n.DescendantsAndSelf()).Where(IsStrange).ToList();
        if (strangers.Count > 0)
        {
            // What leads to and from them would only be said a second time.
            strangers.ForEach(n => refuse(n, WhyNot(n)));
            return [];
        }

        var order = FlowOrder.Of(flowchart).Select(s => s.Node).ToList();
        foreach (var stray in _all.Except(order).Where(n => !TriggerJson.IsTrigger(n)))
        {
            refuse(stray, "it is not connected and never runs, which a YAML cannot say: connect or remove it.");
        }

        foreach (var second in _all.Where(IsOfIteration).GroupBy(n => n.Type, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            refuse(second, $"there is more than one {second.Type}: a YAML has one.");
        }

        List<ActivityNode> steps = [.. order.Where(n => !IsOfIteration(n) && !IsBeginning(n))];
        CheckConnections(steps);
        return steps;
    }

    private void CheckConnections(List<ActivityNode> steps)
    {
        var keys = _all.ToDictionary(n => n.Id, Key, StringComparer.Ordinal);
        var ids = _all.DistinctBy(Key, StringComparer.Ordinal).ToDictionary(Key, StringComparer.Ordinal);
        var expected = FlowEdges.Of([.. steps.Select(Key)], ids.ContainsKey).ToList();
        var branches = (flowchart.Connections ?? [])
            .GroupBy(c => (c.SourceActivity, c.SourcePort ?? FlowEdges.Done))
            .Where(port => port.Count() > 1).Select(port => port.Key).ToHashSet();
        foreach (var connection in flowchart.Connections ?? [])
        {
            var port = connection.SourcePort ?? FlowEdges.Done;
            if (!keys.TryGetValue(connection.SourceActivity, out var source) || !keys.TryGetValue(connection.TargetActivity, out var target))
            {
                refuse(flowchart, $"a connection leads from {connection.SourceActivity} to {connection.TargetActivity}, and one of them is not there.");
                continue;
            }

            if (!expected.Remove(new FlowEdge(source, port, target)))
            {
                refuse(ids[source], branches.Contains((connection.SourceActivity, port))
                    ? $"several connections leave its port {port}: branches run in parallel, and a YAML's jobs run one after another."
                    : $"its port {port} leads to {connection.TargetActivity}, which no YAML says: pipelines and stages run one after another.");
            }
        }

        foreach (var missing in expected)
        {
            refuse(ids[missing.Source], $"its port {missing.Port} must lead to {ids[missing.Target].Id}, as in a YAML.");
        }
    }

    private bool IsStrange(ActivityNode node) => node.Type != ActivityNames.Sequence && !IsOfIteration(node)
        && ActivityNames.HookOf(node.Type) is null && !(IsBeginning(node) && _all.Contains(node));

    // A start says something only where triggers stand beside it.
    private bool IsBeginning(ActivityNode node) =>
        TriggerJson.IsTrigger(node) || (node.Type == TriggerJson.StartType && _all.Any(TriggerJson.IsTrigger));

    private static bool IsOfIteration(ActivityNode node) => node.Type is ActivityNames.CheckTargets or ActivityNames.NextIteration;

    private string Key(ActivityNode node) => node.Type switch
    {
        ActivityNames.CheckTargets => StudioKeys.Targets,
        ActivityNames.NextIteration => StudioKeys.Iteration,
        TriggerJson.StartType when IsBeginning(node) => StudioKeys.Start,
        _ when TriggerJson.IsTrigger(node) => StudioKeys.Trigger(_all.Where(TriggerJson.IsTrigger).ToList().IndexOf(node)),
        _ => "#" + node.Id,
    };
}
