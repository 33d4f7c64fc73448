using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;
using Sandbox.Engine;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Optimization.Studies;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Creates the runs of trials and works them.</summary>
internal sealed class TrialRuns(
    ConfigCheck check, DefinitionWriter writer, WorkflowRuntime runtime, InstanceQueries instances, RunWorker worker, TrialValues values, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The id of a trial's run: the same after a crash.</summary>
    public static string RunIdOf(string sweepId, int number) => EngineIds.From(FormattableString.Invariant($"{sweepId}\ntrial {number}"));

    /// <summary>The directory below which a trial publishes.</summary>
    public static string OutputRoot(RunRow sweep, int number) => Path.Combine(
        Path.GetFullPath(sweep.WorkDir, sweep.CurrentDirectory), "trials", FormattableString.Invariant($"{number:0000}"));

    /// <summary>Creates the run of a trial together with the trial's row, or finds it.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="queued">What of the queue it was made of, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why there is no run: with these parameters the config is wrong. Null where there is one.</returns>
    public async Task<string?> CreateAsync(SweepScope sweep, SweepTrial trial, long? queued, CancellationToken cancellationToken)
    {
        var runId = RunIdOf(sweep.Run.Id, trial.Number);
        if (await instances.GetAsync(runId, cancellationToken) is not null)
        {
            return null;
        }

        var compiled = Compile(sweep, trial);
        if (!compiled.IsValid)
        {
            return string.Join("; ", compiled.Faults.Where(f => f.Severity == FaultSeverity.Error));
        }

        var written = await writer.WriteAsync(compiled, cancellationToken);
        var run = new RunRow
        {
            Id = runId,
            ProjectName = sweep.Run.ProjectName,
            ExperimentName = FormattableString.Invariant($"{sweep.Run.ExperimentName} trial {trial.Number}"),
            ConfigPath = null,
            ConfigText = sweep.Run.ConfigText,
            CurrentDirectory = sweep.Run.CurrentDirectory,
            WorkDir = compiled.Config!.WorkDir,
            DefinitionVersionId = written.Definition.Id,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Environment = sweep.Run.Environment,
            Warnings = JsonSerializer.Serialize(compiled.Warnings.Select(w => w.ToString())),
            SweepId = sweep.Run.Id,
            OutputRoot = OutputRoot(sweep.Run, trial.Number),
            SharesResults = sweep.Config.Cache != false,
            SharesPrograms = sweep.Config.Cache == true,
        };
        await runtime.CreateAsync(
            new CreateInstance(written.Definition.Id)
            {
                InstanceId = runId,
                Name = $"{run.ProjectName} / {run.ExperimentName}",
                CorrelationId = sweep.Run.Id,
                CommitWork = [new RowsCommit(run), new TrialCommit(TrialJson.Write(trial, sweep.Run.Id, runId), queued)],
            },
            cancellationToken);
        return null;
    }

    /// <summary>Works a trial to its end and says what came of it; one that has ended already is only looked at.</summary>
    public async Task<(SweepTrial Trial, string? Problem)> WorkAsync(
        SweepScope sweep, SweepTrial trial, IRunObserver observer, CancellationToken cancellationToken)
    {
        var runId = RunIdOf(sweep.Run.Id, trial.Number);
        var instance = await instances.GetAsync(runId, cancellationToken);
        var (state, problem) = instance?.SubStatus switch
        {
            WorkflowSubStatus.Finished => (RunStates.Finished, null),
            WorkflowSubStatus.Cancelled => (RunStates.Cancelled, null),
            WorkflowSubStatus.Faulted => (RunStates.Failed, "it failed before"),
            _ => Ended(await WorkAsync(runId, observer, cancellationToken)),
        };
        cancellationToken.ThrowIfCancellationRequested();
        if (state is RunStates.Paused or RunStates.Suspended or RunStates.Interrupted)
        {
            // It rests: it has not ended, and goes on.
            return (trial, null);
        }

        if (state != RunStates.Finished)
        {
            return (trial with { State = state == RunStates.Failed ? TrialState.Failed : TrialState.Killed }, problem ?? $"its run was {state}");
        }

        var found = await values.FindAsync(runId, sweep.Config.Metrics, cancellationToken);
        var missing = sweep.Config.Metrics.Where((_, i) => double.IsNaN(found[i])).Select(m => m.Name).ToList();
        return (
            trial with { State = missing.Count == 0 ? TrialState.Finished : TrialState.Failed, Values = found },
            missing.Count == 0 ? null : $"it gave no number called {string.Join(", ", missing)}");
    }

    // A server in the same home may have taken the trial up: then it is waited for.
    private async Task<Runs.RunEnd> WorkAsync(string runId, IRunObserver observer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await worker.WorkAsync(runId, observer, cancellationToken);
            }
            catch (InstanceBusyException)
            {
                await Task.Delay(LookAgain, time, cancellationToken);
            }

            var found = await instances.GetAsync(runId, cancellationToken);
            if (found is { PauseRequested: true, Holder: null })
            {
                return new Runs.RunEnd(runId, RunStates.Paused, null);
            }

            if (found is { SubStatus: WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled or WorkflowSubStatus.Faulted } ended)
            {
                return new Runs.RunEnd(runId, ended.SubStatus switch
                {
                    WorkflowSubStatus.Finished => RunStates.Finished,
                    WorkflowSubStatus.Cancelled => RunStates.Cancelled,
                    _ => RunStates.Failed,
                }, null);
            }
        }
    }

    /// <summary>Whether a run is asked to rest.</summary>
    public async Task<bool> IsPausedAsync(string runId, CancellationToken cancellationToken) =>
        await instances.GetAsync(runId, cancellationToken) is { PauseRequested: true };

    /// <summary>Lets the running jobs of a trial end and starts no more.</summary>
    public Task PauseAsync(string sweepId, int number, CancellationToken cancellationToken) =>
        runtime.PauseAsync(RunIdOf(sweepId, number), cancellationToken);

    /// <summary>Ends the run of a trial.</summary>
    public Task CancelAsync(string sweepId, int number, CancellationToken cancellationToken) =>
        runtime.CancelAsync(RunIdOf(sweepId, number), cancellationToken);

    private static (string State, string? Problem) Ended(Runs.RunEnd end) => (end.State, end.Failure);

    private CheckedConfig Compile(SweepScope sweep, SweepTrial trial)
    {
        var disk = new DiskConfigFiles(sweep.Run.CurrentDirectory);
        var request = new RunRequest(
            sweep.Run.ConfigPath ?? string.Empty, JsonSerializer.Deserialize<string[]>(sweep.Run.Overrides) ?? [], sweep.Run.CurrentDirectory);
        return check.CheckTrial(request, new SnapshotConfigFiles(sweep.Files, disk), trial.Parameters, sweep.Run.Id, OutputRoot(sweep.Run, trial.Number));
    }
}
