using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>
/// Runs activities along connections. A completed activity puts a token on each connection that its outcomes follow.
/// Tokens that have arrived wait at the target until its merge lets them in: without a join, until no other active
/// token can still come there in this round. A token on a back-edge begins a new round and goes in at once.
/// </summary>
internal sealed class Flowchart : IParentActivity
{
    /// <summary>Arrived tokens: by target, the indices of the connections they came by.</summary>
    private const string Tokens = "Tokens";

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var triggered = context.TriggerActivityId is { } id ? context.Node.Flow?.Nodes.GetValueOrDefault(id) : null;
        if ((triggered ?? context.Node.Flow?.Start) is { } start)
        {
            context.Schedule(start);
        }
        else
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        if (child.Node.Behavior is ITerminalActivity)
        {
            context.Complete();
            return ValueTask.CompletedTask;
        }

        var flow = context.Node.Flow!;
        foreach (var edge in flow.Outbound(child.Node.Id).Where(edge => child.Outcomes.Contains(edge.Port, StringComparer.Ordinal)))
        {
            if (edge.IsBack)
            {
                context.Schedule(flow.Nodes[edge.Target]);
            }
            else
            {
                Arrive(context, edge);
            }
        }

        LetIn(context, flow);
        if (context.ActiveChildren.Count == 0)
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }

    private static void Arrive(ActivityContext context, FlowEdge edge)
    {
        var tokens = context.Properties[Tokens] as JsonObject;
        if (tokens is null)
        {
            context.Properties[Tokens] = tokens = [];
        }

        if (tokens[edge.Target] is JsonArray arrived)
        {
            arrived.Add(edge.Index);
        }
        else
        {
            tokens[edge.Target] = new JsonArray(edge.Index);
        }
    }

    /// <summary>Lets in whom the merges let in, until nothing moves: a merge that gives up its tokens may free another.</summary>
    private static void LetIn(ActivityContext context, FlowGraph flow)
    {
        while (context.Properties[Tokens] is JsonObject { Count: > 0 } tokens)
        {
            var target = tokens.Select(t => t.Key).FirstOrDefault(id => Decide(context, flow, tokens, id) != Merge.Wait);
            if (target is null)
            {
                return;
            }

            var decision = Decide(context, flow, tokens, target);
            Take(tokens, target, decision);
            if (decision == Merge.Race)
            {
                CancelUpstream(context, flow, tokens, target);
            }

            if (decision != Merge.Drop)
            {
                context.Schedule(flow.Nodes[target]);
            }
        }

        context.Properties.Remove(Tokens);
    }

    private static Merge Decide(ActivityContext context, FlowGraph flow, JsonObject tokens, string target)
    {
        var mode = FlowJoin.Mode(flow.Nodes[target]);
        if (mode == FlowJoinMode.WaitAny)
        {
            return Merge.Race;
        }

        if (mode == FlowJoinMode.WaitAll && DistinctArrivals(tokens[target]!) == flow.ForwardInbound(target))
        {
            return Merge.One;
        }

        if (IsExpected(context, flow, tokens, target))
        {
            return Merge.Wait;
        }

        // A join of all paths that some path can no longer reach never runs.
        return mode == FlowJoinMode.WaitAll ? Merge.Drop : Merge.All;
    }

    private static bool IsExpected(ActivityContext context, FlowGraph flow, JsonObject tokens, string target) =>
        context.ActiveChildren.Any(c => flow.Reaches(c.Node.Id, target))
        || tokens.Any(t => t.Key != target && flow.Reaches(t.Key, target));

    private static int DistinctArrivals(JsonNode arrived) => arrived.AsArray().Select(InputValues.Int).Distinct().Count();

    private static void Take(JsonObject tokens, string target, Merge decision)
    {
        var arrived = tokens[target]!.AsArray();
        if (decision == Merge.One)
        {
            foreach (var index in arrived.Select(InputValues.Int).Distinct().ToList())
            {
                arrived.Remove(arrived.First(token => InputValues.Int(token) == index));
            }
        }

        if (decision != Merge.One || arrived.Count == 0)
        {
            tokens.Remove(target);
        }
    }

    private static void CancelUpstream(ActivityContext context, FlowGraph flow, JsonObject tokens, string target)
    {
        foreach (var child in context.ActiveChildren.Where(c => flow.Reaches(c.Node.Id, target)).ToList())
        {
            context.Cancel(child);
        }

        foreach (var waiting in tokens.Select(t => t.Key).Where(id => flow.Reaches(id, target)).ToList())
        {
            tokens.Remove(waiting);
        }
    }

    private enum Merge
    {
        /// <summary>Tokens stay.</summary>
        Wait,

        /// <summary>All tokens go in together.</summary>
        All,

        /// <summary>One token of each connection goes in.</summary>
        One,

        /// <summary>The first token goes in, and what else was on the way is cancelled.</summary>
        Race,

        /// <summary>The tokens are given up.</summary>
        Drop,
    }
}
