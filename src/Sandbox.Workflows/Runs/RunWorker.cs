using System.Collections.Concurrent;
using System.Data.Common;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Tracking;
using Sandbox.Tracking.Sinks;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Works runs in this process, each at most once at a time.</summary>
internal sealed class RunWorker(
    WorkflowRuntime runtime, InstanceQueries instances, RunScopes scopes, Publisher publisher, ContextFile contextFile,
    AttemptWatchers watchers, JobWarnings warnings, RunPrograms programs, RunsDatabase database, TrackingStore tracking, RunSinks sinks,
    RuntimeOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, string> _worked = new(StringComparer.Ordinal);

    public async Task<RunEnd> WorkAsync(string runId, IRunObserver observer, CancellationToken cancellationToken)
    {
        await database.EnsureReadyAsync(cancellationToken);
        await tracking.EnsureReadyAsync(cancellationToken);
        if (!_worked.TryAdd(runId, runId))
        {
            throw new InstanceBusyException(runId, "this process");
        }

        try
        {
            var adapter = new RunObserverAdapter(await TakeUpAsync(runId, cancellationToken), observer, time);
            await programs.EndOrphansAsync(runId, cancellationToken);
            using var metrics = watchers.Listen(runId, adapter.Metric);
            using var told = warnings.Listen(runId, adapter.Warning);
            await using var pump = await sinks.OpenAsync(runId, cancellationToken);
            pump?.Start();
            var end = await WorkAsync(runId, adapter, cancellationToken);
            await FinishAsync(pump, end);
            return end;
        }
        finally
        {
            scopes.Close(runId);
            _worked.TryRemove(runId, out _);
        }
    }

    /// <summary>Brings what is recorded of a run to the tools that its config names.</summary>
    /// <returns>What could not be brought; null where the config names no tools.</returns>
    public async Task<IReadOnlyList<string>?> SyncAsync(string runId, CancellationToken cancellationToken)
    {
        var instance = await instances.GetAsync(runId, cancellationToken);
        await using var pump = await sinks.OpenAsync(runId, cancellationToken);
        return pump is null ? null : await pump.FinishAsync(instance?.SubStatus switch
        {
            WorkflowSubStatus.Finished => 0,
            WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled => 1,
            _ => null,
        });
    }

    // What other tools did not take is kept and told; the run is what it is all the same.
    private async Task FinishAsync(SinkPump? pump, RunEnd end)
    {
        foreach (var left in pump is null ? [] : await pump.FinishAsync(ExitCode(end.State)))
        {
            await options.Output.WriteLineAsync($"kept for later, {left} (to send it: sandbox sync {end.RunId})");
        }
    }

    private static int? ExitCode(string state) => state switch
    {
        RunStates.Finished => 0,
        RunStates.Failed or RunStates.Cancelled => 1,
        _ => null,
    };

    // Who takes up a run that was paused or has failed wants it to go on.
    private async Task<Compilation.SandboxLayout> TakeUpAsync(string runId, CancellationToken cancellationToken)
    {
        await runtime.UnpauseAsync(runId, cancellationToken);
        var instance = await instances.GetAsync(runId, cancellationToken)
            ?? throw new JobFailedException($"The workflow instance of run {runId} is gone.");
        if (instance.SubStatus == WorkflowSubStatus.Faulted)
        {
            await runtime.RetryAsync(runId, jobId: null, fromScratch: false, cancellationToken);
        }

        return await scopes.LayoutAsync(instance.DefinitionVersionId, cancellationToken);
    }

    private async Task<RunEnd> WorkAsync(string runId, RunObserverAdapter adapter, CancellationToken cancellationToken)
    {
        var unwritten = new List<string>();
        try
        {
            var outcome = await runtime.RunAsync(runId, adapter, cancellationToken);
            await publisher.PublishPendingAsync(runId, CancellationToken.None);
            await WriteContextAsync(runId, outcome.End, unwritten);
            return new RunEnd(runId, StateOf(outcome.End), outcome.Incidents.Count > 0 ? outcome.Incidents[^1].Message : null)
            {
                Warnings = unwritten,
            };
        }
        catch (Exception e) when (e is not (InstanceBusyException or LeaseLostException))
        {
            await WriteContextAsync(runId, Engine.Runtime.RunEnd.Interrupted, unwritten);
            throw;
        }
    }

    // The database is the truth: where the file cannot be written, the run is what it is all the same.
    private async Task WriteContextAsync(string runId, Engine.Runtime.RunEnd end, List<string> unwritten)
    {
        try
        {
            var records = await RunRecords.LoadAsync(database, runId, CancellationToken.None);
            await contextFile.WriteAsync(records, end == Engine.Runtime.RunEnd.Finished, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            unwritten.Add($"context_infos.json could not be written: {FileFault.Reason(e)}. The results are safe in the database."
                + (e is DbException ? string.Empty : $" {FileFault.Remedy(e)}, then resume the run."));
        }
    }

    private static string StateOf(Engine.Runtime.RunEnd end) => end switch
    {
        Engine.Runtime.RunEnd.Finished => RunStates.Finished,
        Engine.Runtime.RunEnd.Faulted => RunStates.Failed,
        Engine.Runtime.RunEnd.Cancelled => RunStates.Cancelled,
        Engine.Runtime.RunEnd.Paused => RunStates.Paused,
        Engine.Runtime.RunEnd.Suspended => RunStates.Suspended,
        _ => RunStates.Interrupted,
    };
}
