using System.Text.Json;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Compilation;

/// <summary>An activity of a flowchart in running order.</summary>
/// <param name="Node">The activity.</param>
/// <param name="Sources">Ids of the activities before it, back edges left out.</param>
/// <param name="InParallel">Whether another branch may run at the same time, or just has.</param>
internal sealed record FlowStep(ActivityNode Node, IReadOnlyList<string> Sources, bool InParallel);

/// <summary>Orders the activities of a flowchart from its start; what is not connected is left out.</summary>
internal static class FlowOrder
{
    public static IReadOnlyList<FlowStep> Of(ActivityNode flowchart)
    {
        var nodes = (flowchart.Activities ?? []).ToDictionary(a => a.Id, StringComparer.Ordinal);
        var outgoing = (flowchart.Connections ?? [])
            .Where(c => nodes.ContainsKey(c.SourceActivity) && nodes.ContainsKey(c.TargetActivity))
            .ToLookup(c => c.SourceActivity, StringComparer.Ordinal);
        var forward = new List<(string Source, string Target)>();
        var finished = DepthFirst(flowchart, outgoing, forward);
        var sources = forward.Distinct().ToLookup(e => e.Target, e => e.Source, StringComparer.Ordinal);
        var parallel = ParallelTargets(nodes.Keys, outgoing, forward);
        return [.. finished.Select(id => new FlowStep(nodes[id], [.. sources[id]], parallel.Contains(id)))];
    }

    // Reverse post-order of a depth-first search is a topological order once back edges are left out.
    private static List<string> DepthFirst(
        ActivityNode flowchart,
        ILookup<string, Connection> outgoing,
        List<(string Source, string Target)> forward)
    {
        var (open, done) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var order = new List<string>();
        var stack = new Stack<(string Id, IEnumerator<Connection> Edges)>();
        if (StartOf(flowchart) is not { } start)
        {
            return order;
        }

        open.Add(start);
        stack.Push((start, outgoing[start].GetEnumerator()));
        while (stack.TryPeek(out var top))
        {
            if (!top.Edges.MoveNext())
            {
                stack.Pop();
                open.Remove(top.Id);
                done.Add(top.Id);
                order.Add(top.Id);
                continue;
            }

            var target = top.Edges.Current.TargetActivity;
            if (open.Contains(target))
            {
                continue;
            }

            forward.Add((top.Id, target));
            if (!done.Contains(target))
            {
                open.Add(target);
                stack.Push((target, outgoing[target].GetEnumerator()));
            }
        }

        order.Reverse();
        return order;
    }

    // Elsa's rules: a trigger aside, Elsa.Start, else canStartWorkflow, else no inbound connection, else the first.
    private static string? StartOf(ActivityNode flowchart)
    {
        var targets = (flowchart.Connections ?? []).Select(c => c.TargetActivity).ToHashSet(StringComparer.Ordinal);
        var activities = flowchart.Activities ?? [];
        return (activities.FirstOrDefault(a => a.Type == "Elsa.Start")
            ?? activities.FirstOrDefault(a => a.CustomProperties["canStartWorkflow"]?.GetValueKind() == JsonValueKind.True)
            ?? activities.FirstOrDefault(a => !targets.Contains(a.Id))
            ?? (activities.Count > 0 ? activities[0] : null))?.Id;
    }

    // Two connections from one port start two branches; all that follows may meet both.
    private static HashSet<string> ParallelTargets(
        IEnumerable<string> ids, ILookup<string, Connection> outgoing, IReadOnlyCollection<(string Source, string Target)> forward)
    {
        var next = forward.ToLookup(e => e.Source, e => e.Target, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(ids
            .Where(id => outgoing[id].GroupBy(c => c.SourcePort ?? "Done", StringComparer.Ordinal).Any(port => port.Count() > 1))
            .SelectMany(id => next[id]));
        while (pending.TryPop(out var id))
        {
            if (reached.Add(id))
            {
                foreach (var target in next[id])
                {
                    pending.Push(target);
                }
            }
        }

        return reached;
    }
}
