using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Compilation;

/// <summary>Where the walk stands.</summary>
internal sealed record LayoutPosition(string Pipeline, Stage? Stage, IReadOnlyList<string> Before, bool InParallel);

/// <summary>Walks a definition in the order in which it runs and notes each hook activity's place. Back edges of a
/// flowchart are not followed: "the job before" is one of the same iteration.</summary>
internal sealed class LayoutWalk
{
    private static readonly HashSet<string> ParallelContainers =
        new(["Elsa.Fork", "Elsa.ParallelForEach", "Elsa.FlowFork"], StringComparer.Ordinal);

    private readonly Dictionary<(string Pipeline, Stage Stage), int> _counts = [];

    public List<JobPlace> Jobs { get; } = [];

    /// <summary>Visits an activity; gives the jobs that may be the last to have run when it ends.</summary>
    public IReadOnlyList<string> Visit(ActivityNode node, LayoutPosition position)
    {
        if (ActivityNames.HookOf(node.Type) is { } hook)
        {
            return [Note(node, hook, position)];
        }

        var inside = Enter(node, position);
        return node.Type switch
        {
            ActivityNames.Flowchart => VisitFlowchart(node, inside),
            _ => VisitChildren(node, inside),
        };
    }

    private static LayoutPosition Enter(ActivityNode node, LayoutPosition position)
    {
        var role = node.CustomProperties[ActivityNames.Role]?.ToString();
        if (role == ActivityNames.PipelineRole)
        {
            return position with { Pipeline = node.Name ?? position.Pipeline, Stage = null };
        }

        return role?.StartsWith(ActivityNames.StageRole, StringComparison.Ordinal) == true && Stage.IsName(role[ActivityNames.StageRole.Length..])
            ? position with { Stage = Stage.Named(role[ActivityNames.StageRole.Length..]) }
            : position;
    }

    private IReadOnlyList<string> VisitChildren(ActivityNode node, LayoutPosition position)
    {
        var before = position.Before;
        if (!ParallelContainers.Contains(node.Type))
        {
            foreach (var child in node.Children())
            {
                before = Visit(child, position with { Before = before });
            }

            return before;
        }

        var ends = node.Children()
            .SelectMany(child => Visit(child, position with { InParallel = true })).Distinct(StringComparer.Ordinal).ToList();
        return ends.Count == 0 ? before : ends;
    }

    private IReadOnlyList<string> VisitFlowchart(ActivityNode flowchart, LayoutPosition position)
    {
        var order = FlowOrder.Of(flowchart);
        var ends = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var last = position.Before;
        foreach (var step in order)
        {
            var before = step.Sources.Count == 0
                ? position.Before
                : [.. step.Sources.SelectMany(s => ends[s]).Distinct(StringComparer.Ordinal)];
            last = Visit(step.Node, position with { Before = before, InParallel = position.InParallel || step.InParallel });
            ends[step.Node.Id] = last;
        }

        return last;
    }

    private string Note(ActivityNode node, string hook, LayoutPosition position)
    {
        var stage = position.Stage ?? Stage.Execute;
        var index = _counts.GetValueOrDefault((position.Pipeline, stage));
        _counts[(position.Pipeline, stage)] = index + 1;
        Jobs.Add(new JobPlace(node, hook, position.Pipeline, stage, index, position.Before, position.InParallel));
        return node.Id;
    }
}
