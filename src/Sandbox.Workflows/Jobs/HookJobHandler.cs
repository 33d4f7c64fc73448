using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>
/// Runs the job of a hook activity: resolves its configs, runs the hook on files of its own, and hands results, context
/// infos and metrics to the engine's commit.
/// </summary>
internal sealed class HookJobHandler(RunScopes scopes, JobWorkspaces workspaces, HookRegistry hooks, JobRecorder recorder)
    : IJobHandler
{
    /// <summary>The kind of all hook activities.</summary>
    public const string HandlerKind = "sandbox.hook";

    public string Kind => HandlerKind;

    public async Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken)
    {
        try
        {
            var scope = await scopes.OpenAsync(job.InstanceId, cancellationToken);
            await recorder.PublishAsync(scope.Records, cancellationToken);
            await using var workspace = workspaces.Open(job, scope);
            return await ExecuteAsync(job, scope, workspace, cancellationToken);
        }
        catch (Exception e) when (e is JobFailedException or FaultException)
        {
            throw new JobFailure(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailure(FileFault.Sentence(e, "retry the job"), e);
        }
    }

    private async Task<JobResult> ExecuteAsync(
        JobExecution job, RunScope scope, JobWorkspace workspace, CancellationToken cancellationToken)
    {
        var place = workspace.Place;
        var input = HookJobInput.Of(job);
        var (dj, extra) = await workspace.Configs.ResolveAsync(input, cancellationToken);
        var record = NewRecord(workspace, JobFingerprint.OfConfig(place.Hook, dj, extra));
        if (await recorder.FindReusableAsync(scope, workspace, record, input, cancellationToken) is { } reused)
        {
            return reused;
        }

        var hook = hooks.Find(place.Hook) ?? throw new JobFailedException(
            $"Unknown hook \"{place.Hook}\".{Suggestion.For(place.Hook, hooks.Descriptors.Select(d => d.Name))}");
        var logger = workspace.Component.Logger;
        AttemptLog.Starts(logger, job.Attempt, place.Hook, job.Fence);
        var result = await hook.RunAsync(
            new HookContext
            {
                Job = workspace.Identity,
                DjConfigs = dj,
                ExtraConfigs = extra,
                Component = workspace.Component,
            },
            cancellationToken);
        AttemptLog.HasResult(logger, job.Attempt, place.Hook, job.Fence);
        record.Outputs = PythonJson.Write(JobContext.Record(input.MetaName, input.Output, result).ToJson());
        return await recorder.RecordAsync(scope, workspace, record, cancellationToken);
    }

    private static JobRecordRow NewRecord(JobWorkspace workspace, string configHash) => new()
    {
        RunId = workspace.Identity.RunId,
        JobId = workspace.JobId,
        ActivityId = workspace.Place.Activity.Id,
        Iteration = workspace.Identity.Iteration,
        Pipeline = workspace.Identity.Pipeline,
        Stage = workspace.Identity.Stage.ShortName(),
        Index = workspace.Identity.Index,
        MetaName = workspace.Identity.MetaName,
        Outputs = "{}",
        ConfigHash = configHash,
        Attempt = workspace.Identity.Attempt,
        RecordedAt = workspace.Component.Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
