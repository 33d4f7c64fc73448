using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Resources;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Jobs;

/// <summary>
/// Runs the job of a hook activity: resolves its configs, runs the hook on files of its own, and hands results, context
/// infos and metrics to the engine's commit.
/// </summary>
internal sealed class HookJobHandler(
    RunScopes scopes, JobWorkspaces workspaces, HookRegistry hooks, JobComponents components, JobRecorder recorder, ResourceSlots slots)
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
            return await ExecuteLoggedAsync(job, scope, workspace, cancellationToken);
        }
        catch (Exception e) when (AttemptFailures.IsFailure(e, cancellationToken))
        {
            throw new JobFailure(AttemptFailures.Describe(e), e);
        }
    }

    private async Task<JobResult> ExecuteLoggedAsync(
        JobExecution job, RunScope scope, JobWorkspace workspace, CancellationToken cancellationToken)
    {
        var (logger, hook) = (workspace.Component.Logger, workspace.Place.Hook);
        try
        {
            return await ExecuteAsync(job, scope, workspace, cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            AttemptLog.Stopped(logger, job.Attempt, hook, job.StopReason);
            if (e is not OperationCanceledException)
            {
                AttemptLog.Failed(logger, job.Attempt, hook, AttemptFailures.Describe(e));
            }

            throw;
        }
        catch (Exception e) when (AttemptFailures.IsUnforeseen(e))
        {
            AttemptLog.Broke(logger, e, job.Attempt, hook);
            throw;
        }
        catch (Exception e)
        {
            AttemptLog.Failed(logger, job.Attempt, hook, AttemptFailures.Describe(e));
            throw;
        }
    }

    private async Task<JobResult> ExecuteAsync(
        JobExecution job, RunScope scope, JobWorkspace workspace, CancellationToken cancellationToken)
    {
        var place = workspace.Place;
        var input = HookJobInput.Of(job);
        var (dj, extra) = await workspace.Configs.ResolveAsync(input, cancellationToken);
        workspace.NoteConfigs(dj, extra);
        var terms = components.Of(place.Hook, extra);
        var infos = workspace.Configs.Infos(terms.References);
        var record = NewRecord(workspace, JobFingerprint.OfConfig(place.Hook, dj, extra, infos.Recorded));
        var sharesResults = scope.Records.Run.SharesResults && (scope.Records.Run.SharesPrograms || SweepCache.IsDeterministic(place.Hook, extra));
        record.IsShared = sharesResults;
        if (await recorder.FindReusableAsync(scope, workspace, record, input, terms.ResultNames, sharesResults, cancellationToken) is { } reused)
        {
            AttemptLog.Reused(workspace.Component.Logger, place.Hook);
            return reused;
        }

        await using var slot = await slots.TakeAsync(job, input.Resources, cancellationToken);
        var given = new ComponentGift(infos.Readable, slot.Variables);
        var (names, result) = (await RunAsync(job, workspace, dj, extra, given, cancellationToken)).Pick(input.Output);
        record.Outputs = PythonJson.Write(JobContext.Record(input.MetaName, names, result).ToJson());

        // Not to be cancelled: what is done, perhaps after hours, is recorded.
        return await recorder.RecordAsync(scope, workspace, record, CancellationToken.None);
    }

    private async Task<HookResult> RunAsync(
        JobExecution job, JobWorkspace workspace, JsonObject? dj, JsonObject? extra, ComponentGift given, CancellationToken cancellationToken)
    {
        var name = workspace.Place.Hook;
        var hook = hooks.Find(name) ?? throw new JobFailedException(
            $"Unknown hook \"{name}\".{Suggestion.For(name, hooks.Descriptors.Select(d => d.Name))}");
        var logger = workspace.Component.Logger;
        AttemptLog.Starts(logger, job.Attempt, name, job.Fence);
        var context = new HookContext
        {
            Job = workspace.Identity,
            DjConfigs = dj,
            ExtraConfigs = extra,
            Component = workspace.ComponentWith(given),
        };
        var result = await hook.RunAsync(context, cancellationToken);
        AttemptLog.HasResult(logger, job.Attempt, name, job.Fence);
        return result;
    }

    private static JobRecordRow NewRecord(JobWorkspace workspace, string configHash) => new()
    {
        RunId = workspace.Identity.RunId,
        JobId = workspace.JobId,
        ActivityId = workspace.Place.Activity.Id,
        Iteration = workspace.Identity.Iteration,
        Pipeline = workspace.Identity.Pipeline,
        Stage = workspace.Identity.Stage.ShortName,
        Index = workspace.Identity.Index,
        MetaName = workspace.Identity.MetaName,
        Outputs = "{}",
        ConfigHash = configHash,
        Attempt = workspace.Identity.Attempt,
        RecordedAt = workspace.Component.Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
