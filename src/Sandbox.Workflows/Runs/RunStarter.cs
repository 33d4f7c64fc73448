using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Configuration;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>A run that was created, or found.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsResumed">Whether it is an unfinished one that is taken up again.</param>
/// <param name="EditedSince">Number of a newer version that somebody made in Studio; null where there is none.</param>
/// <param name="DefinitionId">The workflow, all versions.</param>
public sealed record StartedRun(string RunId, bool IsResumed, int? EditedSince, string DefinitionId)
{
    /// <summary>What is odd about the context file that the run was to take results from.</summary>
    public IReadOnlyList<Fault> Warnings { get; init; } = [];
}

/// <summary>Creates runs and takes up unfinished ones.</summary>
internal sealed class RunStarter(
    DefinitionWriter writer, WorkflowRuntime runtime, InstanceQueries instances, RunsDatabase database, RunQueries queries, TimeProvider time)
{
    /// <summary>Creates a run of a checked config, or with <c>resume: true</c> takes up the newest unfinished one.</summary>
    public async Task<StartedRun> StartAsync(
        RunRequest request, CheckedConfig compiled, JsonObject environment, CancellationToken cancellationToken)
    {
        await database.EnsureReadyAsync(cancellationToken);
        var written = await writer.WriteAsync(compiled, cancellationToken);
        var run = NewRun(request, compiled, written, environment);
        if (compiled.Config!.Resume && await queries.FindUnfinishedAsync(run, cancellationToken) is { } unfinished)
        {
            await MendAsync(unfinished, run, cancellationToken);
            return new StartedRun(unfinished, IsResumed: true, written.EditedSince, written.Definition.DefinitionId);
        }

        var (seeds, warnings) = compiled.Config.Resume ? await SeedsAsync(run, compiled.Config, cancellationToken) : ([], []);
        await runtime.CreateAsync(
            new CreateInstance(written.Definition.Id)
            {
                InstanceId = run.Id,
                Name = $"{run.ProjectName} / {run.ExperimentName}",
                CommitWork = [new RowsCommit([run, .. seeds])],
            },
            cancellationToken);
        return new StartedRun(run.Id, IsResumed: false, written.EditedSince, written.Definition.DefinitionId) { Warnings = warnings };
    }

    /// <summary>Brings an unfinished run to the version of a mended config. Finished jobs whose resolved config and inputs
    /// are unchanged count; the workflow starts again from its beginning and finds them.</summary>
    /// <exception cref="FaultException">The run has ended, so nothing of it is left to go on with.</exception>
    public async Task MendAsync(
        string runId, RunRequest request, CheckedConfig compiled, JsonObject environment, CancellationToken cancellationToken)
    {
        await database.EnsureReadyAsync(cancellationToken);
        var instance = await instances.GetAsync(runId, cancellationToken) ?? throw new FaultException($"There is no run {runId} in this home.");
        if (instance.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
        {
            throw new FaultException(
                $"Run {runId} is {instance.SubStatus.ToString().ToLowerInvariant()}: only an unfinished run can go on with a mended config. "
                + "Start a new one with \"run\".");
        }

        var written = await writer.WriteAsync(compiled, cancellationToken);
        await MendAsync(runId, NewRun(request, compiled, written, environment), cancellationToken);
    }

    private async Task MendAsync(string runId, RunRow mended, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var current = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == runId, cancellationToken);
        if (current.DefinitionVersionId != mended.DefinitionVersionId)
        {
            await runtime.RestartAsync(
                runId, mended.DefinitionVersionId, [], [new MendCommit(runId, mended)], cancellationToken);
        }
    }

    private RunRow NewRun(RunRequest request, CheckedConfig compiled, WrittenDefinition written, JsonObject environment) => new()
    {
        Id = EngineIds.New(),
        ProjectName = compiled.Config!.ProjectName,
        ExperimentName = compiled.Config.ExperimentName,
        ConfigPath = Path.GetFullPath(request.ConfigPath, request.CurrentDirectory),
        ConfigText = compiled.Config.Source?.Content,
        Overrides = JsonSerializer.Serialize(request.Overrides),
        CurrentDirectory = request.CurrentDirectory,
        WorkDir = compiled.Config.WorkDir,
        DefinitionVersionId = written.Definition.Id,
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Environment = environment.ToJsonString(),
        Warnings = JsonSerializer.Serialize(compiled.Warnings.Select(w => w.ToString())),
        SharesResults = compiled.Config is { Cache: true, Hpo: null },
        SharesPrograms = compiled.Config is { Cache: true, Hpo: null },
    };

    // The database knows nothing of the run: a context file that upstream or an earlier home left counts, pipeline by
    // pipeline, by name.
    private async Task<(IReadOnlyList<object> Rows, IReadOnlyList<Fault> Warnings)> SeedsAsync(RunRow run, SandboxConfig config, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetFullPath(run.WorkDir, run.CurrentDirectory), ContextInfosFile.Name);
        if (!File.Exists(path) || await queries.IsKnownAsync(run, cancellationToken))
        {
            return ([], []);
        }

        var infos = await ContextInfosFile.ReadAsync(path, cancellationToken);
        var seeds = ContextSeeds.Of(infos, config, run.Id, time.GetUtcNow()).ToList();
        return (seeds, seeds.Count > 0 ? [] : ContextSeeds.NothingTaken(infos, config, path));
    }
}

/// <summary>Puts a run on another version; what its jobs recorded can be reused, but no longer counts by itself.</summary>
internal sealed class MendCommit(string runId, RunRow mended) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await using var db = RunsDatabase.In(scope);
        await db.JobRecords.Where(r => r.RunId == runId && r.Origin != Origins.Seed)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Origin, Origins.Superseded), cancellationToken);
        await db.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.DefinitionVersionId, mended.DefinitionVersionId)
                .SetProperty(r => r.ConfigText, mended.ConfigText)
                .SetProperty(r => r.Overrides, mended.Overrides)
                .SetProperty(r => r.ProjectName, mended.ProjectName)
                .SetProperty(r => r.ExperimentName, mended.ExperimentName)
                .SetProperty(r => r.ConfigPath, mended.ConfigPath)
                .SetProperty(r => r.MendedAt, scope.Now.ToUnixTimeMilliseconds())
                .SetProperty(r => r.WorkDir, mended.WorkDir)
                .SetProperty(r => r.Warnings, mended.Warnings),
            cancellationToken);
    }
}
