using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Compilation;

/// <summary>Where a hook activity stands: its pipeline, stage and index, and the jobs that <c>-1</c> can mean.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Hook">Name of the hook.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Stage">Stage.</param>
/// <param name="Index">Place in the stage, from 0.</param>
/// <param name="Before">Activity ids of the jobs that may have run last before this one in the same iteration.</param>
/// <param name="InParallel">Whether branches that run at the same time make "the job before" a matter of chance.</param>
internal sealed record JobPlace(
    ActivityNode Activity, string Hook, string Pipeline, Stage Stage, int Index, IReadOnlyList<string> Before, bool InParallel);

/// <summary>The sandbox as a definition has it: its hook activities in the order in which they run.</summary>
internal sealed class SandboxLayout
{
    private readonly Dictionary<string, JobPlace> _byActivity;

    private SandboxLayout(IReadOnlyList<JobPlace> jobs)
    {
        Jobs = jobs;
        _byActivity = jobs.ToDictionary(j => j.Activity.Id, StringComparer.Ordinal);
        LastOfPipeline = jobs.GroupBy(j => j.Pipeline, StringComparer.Ordinal)
            .Select(p => p.Last().Activity.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>All jobs.</summary>
    public IReadOnlyList<JobPlace> Jobs { get; }

    /// <summary>Activity ids of the jobs with which a pipeline ends.</summary>
    public IReadOnlySet<string> LastOfPipeline { get; }

    /// <summary>The place of a hook activity; null for one that cannot be reached.</summary>
    public JobPlace? Find(string activityId) => _byActivity.GetValueOrDefault(activityId);

    /// <summary>The place of a hook activity.</summary>
    public JobPlace this[string activityId] => _byActivity[activityId];

    /// <summary>Reads the layout of a definition, of the sandbox profile or not.</summary>
    public static SandboxLayout Of(WorkflowDefinition definition)
    {
        var walk = new LayoutWalk();
        walk.Visit(definition.Root, new LayoutPosition("anonymous", null, [], InParallel: false));
        return new SandboxLayout(walk.Jobs);
    }
}
