using System.Text.Json.Nodes;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Makes views of runs and jobs from what engine and records know.</summary>
internal static class RunViews
{
    public static RunView Of(RunRow run, InstanceInfo instance, bool isPublished) => new()
    {
        Id = run.Id,
        Name = $"{run.ProjectName} / {run.ExperimentName}",
        State = StateOf(instance, isPublished),
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(run.CreatedAt),
        EndedAt = isPublished ? instance.FinishedAt : null,
        Config = run.ConfigPath,
        CurrentDirectory = run.CurrentDirectory,
        DefinitionVersionId = run.DefinitionVersionId,
    };

    /// <summary>The jobs that were reached, in that order, then those that were not.</summary>
    public static IReadOnlyList<JobView> Jobs(
        RunRow run, SandboxLayout layout, IEnumerable<JobInfo> jobs, IReadOnlyList<JobRecordRow> records, bool isWorked)
    {
        var byJob = records.Where(r => Origins.Counts(r.Origin)).ToDictionary(r => r.JobId, StringComparer.Ordinal);
        var superseded = records.Where(r => r.Origin == Origins.Superseded).Select(r => r.JobId).ToHashSet(StringComparer.Ordinal);
        var places = layout.Jobs.ToDictionary(p => p.Activity.Id, StringComparer.Ordinal);
        var reached = jobs
            .Where(j => ActivityNames.HookOf(j.ActivityType) is not null && places.ContainsKey(j.ActivityId))
            .Where(j => !superseded.Contains(j.Id) && j.CreatedAt.ToUnixTimeMilliseconds() >= (run.MendedAt ?? 0))
            .Select(j => Of(places[j.ActivityId], j, byJob.GetValueOrDefault(j.Id), isWorked)).ToList();
        var started = reached.Select(j => j.ActivityId).ToHashSet(StringComparer.Ordinal);
        return [.. reached, .. layout.Jobs.Where(p => !started.Contains(p.Activity.Id)).Select(NotReached)];
    }

    private static JobView Of(JobPlace place, JobInfo job, JobRecordRow? record, bool isWorked) => NotReached(place) with
    {
        Id = job.Id,
        Iteration = job.Variables[ActivityNames.IterationVariable].Whole(1),
        MetaName = MetaName(job.Inputs[ActivityNames.MetaName]),
        State = StateOf(job, isWorked),
        Attempt = job.Attempt,
        StartedAt = job.StartedAt,
        EndedAt = job.EndedAt,
        Failure = job.Message,
        Outputs = record is null ? null : RunRecords.Outputs(record),
        Origin = record?.Origin,
    };

    /// <summary>The meta name that an input gives; a name in the designer is none.</summary>
    public static string? MetaName(JsonNode? input) => input?.ToString() is { Length: > 0 } name ? name : null;

    private static JobView NotReached(JobPlace place) => new()
    {
        Id = place.Activity.Id,
        ActivityId = place.Activity.Id,
        Hook = place.Hook,
        Pipeline = place.Pipeline,
        Stage = place.Stage.ShortName,
        Index = place.Index,
        MetaName = MetaName(place.Activity.Inputs.GetValueOrDefault(ActivityNames.MetaName)?.Value),
        State = RunStates.Pending,
    };

    private static string StateOf(InstanceInfo instance, bool isPublished) => instance.SubStatus switch
    {
        WorkflowSubStatus.Finished when !isPublished => instance.Holder is null ? RunStates.Interrupted : RunStates.Running,
        WorkflowSubStatus.Finished => RunStates.Finished,
        WorkflowSubStatus.Cancelled => RunStates.Cancelled,
        WorkflowSubStatus.Faulted => RunStates.Failed,
        _ when instance.Holder is not null => RunStates.Running,
        _ when instance.PauseRequested => RunStates.Paused,
        WorkflowSubStatus.Suspended => RunStates.Suspended,
        WorkflowSubStatus.Pending => RunStates.Pending,
        _ => RunStates.Interrupted,
    };

    private static string StateOf(JobInfo job, bool isWorked) => job.State switch
    {
        JobState.Completed => RunStates.Finished,
        JobState.Faulted => RunStates.Failed,
        JobState.Cancelled => RunStates.Cancelled,
        JobState.Running => isWorked ? RunStates.Running : RunStates.Interrupted,
        JobState.Queued when job is { StartedAt: not null, DueAt: null } && !isWorked => RunStates.Interrupted,
        _ => RunStates.Pending,
    };
}
