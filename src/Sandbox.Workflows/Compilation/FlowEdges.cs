using Sandbox.Core.Configuration;

namespace Sandbox.Workflows.Compilation;

/// <summary>A connection between two activities of the flowchart, by their keys.</summary>
internal sealed record FlowEdge(string Source, string Port, string Target);

/// <summary>What connects the activities of the profile: one after another, then the iteration.</summary>
internal static class FlowEdges
{
    /// <summary>The port by which an activity ends where it names no other.</summary>
    public const string Done = "Done";

    /// <summary>The connections of a chain of activities with what there is of the iteration.</summary>
    public static IReadOnlyList<FlowEdge> Of(IReadOnlyList<string> steps, Func<string, bool> exists)
    {
        List<string> chain = exists(StudioKeys.Targets) ? [.. steps, StudioKeys.Targets] : [.. steps];
        var edges = chain.Zip(chain.Skip(1), (a, b) => new FlowEdge(a, Done, b)).ToList();
        if (exists(StudioKeys.Iteration) && chain.Count > 0)
        {
            var port = chain[^1] == StudioKeys.Targets ? ActivityNames.NotMet : Done;
            edges.Add(new FlowEdge(chain[^1], port, StudioKeys.Iteration));
            edges.Add(new FlowEdge(StudioKeys.Iteration, ActivityNames.Again, chain[0]));
        }

        if (exists(StudioKeys.Start) && chain.Count > 0)
        {
            edges.Add(new FlowEdge(StudioKeys.Start, Done, chain[0]));
            for (var i = 0; exists(StudioKeys.Trigger(i)); i++)
            {
                edges.Add(new FlowEdge(StudioKeys.Trigger(i), Done, chain[0]));
            }
        }

        return edges;
    }
}
