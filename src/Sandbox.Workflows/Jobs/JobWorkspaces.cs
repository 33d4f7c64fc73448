using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Components;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Jobs;

/// <summary>Opens the workspace of an attempt.</summary>
internal sealed class JobWorkspaces(
    IDbContextFactory<RunsDbContext> contexts, SandboxHome home, AttemptWatchers watchers, JobWarnings warnings, TimeProvider time)
{
    public JobWorkspace Open(JobExecution job, RunScope scope)
    {
        var place = scope.Layout.Find(job.ActivityId) ?? throw new JobFailedException(
            $"Activity {job.ActivityId} has no place in the workflow: connect it to the activities before it.");
        var iteration = IterationJobHandler.CurrentIteration(job);
        var metaName = HookJobInput.MetaNameOf(job);
        var identity = new JobIdentity(
            job.InstanceId, place.Pipeline, place.Stage, place.Index, metaName, iteration, job.Attempt);
        var contextPaths = new ContextPaths();
        var files = new AttemptFiles(
            home.AttemptDirectory(job.InstanceId, job.JobId, job.Attempt, job.Fence),
            home.ProgramDirectory(job.InstanceId, job.JobId, job.Attempt),
            scope.Records.Run.CurrentDirectory,
            iteration,
            new ArtifactIndex(contexts, job.InstanceId, home.RunDirectory(job.InstanceId)),
            contextPaths);
        var log = JobLog.Open(home, job.InstanceId, job.JobId, place.Hook, warnings.SinkFor(job.InstanceId, job.JobId));
        var watcher = watchers.Open(job, time, log.Logger);
        return new JobWorkspace(job, place, log, watcher)
        {
            Identity = identity,
            Files = files,
            Configs = new JobConfigs(scope, place, identity, job.Variables, files, contextPaths),
            Component = new ComponentContext
            {
                Job = identity,
                Files = files,
                Watcher = watcher,
                Progress = new JobProgressReporter(job),
                Steps = new JobSteps(job, watcher),
                Logger = log.Logger,
                Time = time,
                Control = new JobControl(job),
                Limits = JobLimits.Of(job.Timeout, HookJobInput.LimitsOf(job)),
            },
        };
    }
}

/// <summary>What a component is given when its configs are resolved and its slots are there.</summary>
/// <param name="Infos">Context infos by key.</param>
/// <param name="Variables">Variables for its programs.</param>
internal sealed record ComponentGift(IReadOnlyDictionary<string, JsonNode?> Infos, IReadOnlyDictionary<string, string> Variables);

/// <summary>All that one attempt works with.</summary>
internal sealed class JobWorkspace(JobExecution job, JobPlace place, JobLog log, AttemptWatcher watcher) : IAsyncDisposable
{
    public string JobId => job.JobId;

    public JobPlace Place => place;

    public AttemptWatcher Watcher => watcher;

    public required JobIdentity Identity { get; init; }

    public required AttemptFiles Files { get; init; }

    public required JobConfigs Configs { get; init; }

    public required ComponentContext Component { get; init; }

    /// <summary>What the component is given, with what is known only now.</summary>
    public ComponentContext ComponentWith(ComponentGift given) => new()
    {
        Job = Component.Job,
        Files = Component.Files,
        Watcher = Component.Watcher,
        Progress = Component.Progress,
        Steps = Component.Steps,
        Logger = Component.Logger,
        Time = Component.Time,
        Control = Component.Control,
        Limits = Component.Limits,
        Infos = given.Infos,
        Variables = given.Variables,
    };

    /// <summary>Writes the resolved configs into the log and the store, without secrets.</summary>
    public void NoteConfigs(JsonObject? djConfigs, JsonObject? extraConfigs)
    {
        var configs = new JsonObject
        {
            ["dj_configs"] = Secrets.Masked(djConfigs),
            ["extra_configs"] = Secrets.Masked(extraConfigs),
        };
        AttemptLog.Resolved(Component.Logger, PythonJson.Write(configs));
        if (djConfigs is not null || extraConfigs is not null)
        {
            watcher.WatchConfigs($"{Identity.Pipeline}.{Identity.WatchName}", configs);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
        log.Dispose();
    }
}
