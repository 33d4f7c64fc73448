using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Tracking;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Runs from start to end: created, worked, paused, resumed, retried and cancelled.</summary>
public sealed class SandboxRuns
{
    private readonly RunStarter _starter;
    private readonly WorkflowRuntime _runtime;
    private readonly RunScopes _scopes;
    private readonly Publisher _publisher;
    private readonly ContextFile _contextFile;
    private readonly AttemptWatchers _watchers;
    private readonly JobWarnings _warnings;
    private readonly RunQueries _queries;
    private readonly RunsDatabase _database;
    private readonly TrackingStore _tracking;
    private readonly TimeProvider _time;

    internal SandboxRuns(
        RunStarter starter, WorkflowRuntime runtime, RunScopes scopes, Publisher publisher, ContextFile contextFile,
        AttemptWatchers watchers, JobWarnings warnings, RunQueries queries, RunsDatabase database, TrackingStore tracking, TimeProvider time)
    {
        (_starter, _runtime, _scopes, _publisher, _contextFile) = (starter, runtime, scopes, publisher, contextFile);
        (_watchers, _warnings, _queries, _database, _tracking, _time) = (watchers, warnings, queries, database, tracking, time);
    }

    /// <summary>Creates a run of a checked config; with <c>resume: true</c> takes up the newest unfinished run of the same
    /// config path, work directory and names.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="check">The config, valid.</param>
    /// <param name="environment">What is known of host and program, for the report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<StartedRun> StartAsync(
        RunRequest request, CheckedConfig check, JsonObject environment, CancellationToken cancellationToken) =>
        _starter.StartAsync(request, check, environment, cancellationToken);

    /// <summary>Brings an unfinished run to a mended config.</summary>
    public Task MendAsync(
        string runId, RunRequest request, CheckedConfig check, JsonObject environment, CancellationToken cancellationToken) =>
        _starter.MendAsync(runId, request, check, environment, cancellationToken);

    /// <summary>Works a run until it ends, is paused or the token stops it; what stopped can be taken up again.</summary>
    /// <exception cref="InstanceBusyException">A living process works it.</exception>
    public async Task<RunEnd> WorkAsync(string runId, IRunObserver observer, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        await _tracking.EnsureReadyAsync(cancellationToken);
        await _runtime.UnpauseAsync(runId, cancellationToken);
        await TryFailedAgainAsync(runId, cancellationToken);
        var scope = await _scopes.OpenAsync(runId, cancellationToken);
        var adapter = new RunObserverAdapter(scope.Layout, observer, _time);
        using var metrics = _watchers.Listen(runId, adapter.Metric);
        using var warnings = _warnings.Listen(runId, adapter.Warning);
        var isMine = true;
        try
        {
            var outcome = await _runtime.RunAsync(runId, adapter, cancellationToken);
            await _publisher.PublishPendingAsync(runId, CancellationToken.None);
            return new RunEnd(runId, StateOf(outcome.End), outcome.Incidents.Count > 0 ? outcome.Incidents[^1].Message : null);
        }
        catch (InstanceBusyException)
        {
            isMine = false;
            throw;
        }
        finally
        {
            _scopes.Close(runId);
            if (isMine)
            {
                await WriteContextAsync(runId);
            }
        }
    }

    /// <summary>Lets running jobs end and starts no more.</summary>
    /// <exception cref="FaultException">The run has ended.</exception>
    public async Task PauseAsync(string runId, CancellationToken cancellationToken)
    {
        await EnsureUnendedAsync(runId, "pause", cancellationToken);
        await _runtime.PauseAsync(runId, cancellationToken);
    }

    /// <summary>Ends a run, what it started included.</summary>
    /// <exception cref="FaultException">The run has ended.</exception>
    public async Task CancelAsync(string runId, CancellationToken cancellationToken)
    {
        await EnsureUnendedAsync(runId, "cancel", cancellationToken);
        await _runtime.CancelAsync(runId, cancellationToken);
    }

    /// <summary>Gives failed jobs another try; work the run afterwards.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="job">A job's id or meta name; null for all that failed.</param>
    /// <param name="fromScratch">Whether the durable steps that a job had finished are forgotten.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FaultException">There is no such job, or nothing failed.</exception>
    public async Task RetryAsync(string runId, string? job, bool fromScratch, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(runId, cancellationToken);
        var failed = run.Jobs.Where(j => j.State == RunStates.Failed).ToList();
        var chosen = failed.FirstOrDefault(j => j.Id == job || j.MetaName == job);
        var nothingFailed = failed.Count == 0 && run.State != RunStates.Failed;
        if (nothingFailed || (job is not null && chosen is null))
        {
            throw new FaultException(nothingFailed
                ? $"Run {runId} has no failed job; it is {run.State}."
                : $"Run {runId} has no failed job \"{job}\". Failed: {string.Join(", ", failed.Select(j => j.MetaName ?? j.Id))}.");
        }

        await _runtime.RetryAsync(runId, chosen?.Id, fromScratch, cancellationToken);
    }

    private async Task EnsureUnendedAsync(string runId, string verb, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(runId, cancellationToken);
        if (run.EndedAt is { } ended)
        {
            throw new FaultException(FormattableString.Invariant(
                $"There is nothing to {verb}: run {run.Id} {run.State} at {ended.ToLocalTime():yyyy-MM-dd HH:mm:ss}."));
        }
    }

    // Who takes up a failed run has mended the cause.
    private async Task TryFailedAgainAsync(string runId, CancellationToken cancellationToken)
    {
        if ((await _queries.GetAsync(runId, cancellationToken)).State == RunStates.Failed)
        {
            await _runtime.RetryAsync(runId, jobId: null, fromScratch: false, cancellationToken);
        }
    }

    private async Task WriteContextAsync(string runId)
    {
        var records = await RunRecords.LoadAsync(_database, runId, CancellationToken.None);
        await _contextFile.WriteAsync(records, CancellationToken.None);
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
