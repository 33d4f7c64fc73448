using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Checking;

namespace Sandbox.Workflows.Runs;

/// <summary>Runs from start to end: created, worked, paused, resumed, retried and cancelled.</summary>
public sealed class SandboxRuns
{
    private const string Cancel = "cancel";
    private readonly RunStarter _starter;
    private readonly RunWorker _worker;
    private readonly WorkflowRuntime _runtime;
    private readonly RunPrograms _programs;
    private readonly RunQueries _queries;

    internal SandboxRuns(RunStarter starter, RunWorker worker, WorkflowRuntime runtime, RunPrograms programs, RunQueries queries) =>
        (_starter, _worker, _runtime, _programs, _queries) = (starter, worker, runtime, programs, queries);

    /// <summary>Creates a run of a checked config; with <c>resume: true</c> takes up the newest unfinished run of the same
    /// config path, work directory and names.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="check">The config, valid.</param>
    /// <param name="environment">What is known of host and program, for the report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<StartedRun> StartAsync(
        RunRequest request, CheckedConfig check, JsonObject environment, CancellationToken cancellationToken) =>
        _starter.StartAsync(request, check, environment, cancellationToken);

    /// <summary>Brings an unfinished run to a mended config: finished jobs count as long as their resolved config and
    /// inputs are unchanged.</summary>
    /// <exception cref="FaultException">The run has ended.</exception>
    /// <exception cref="InstanceBusyException">A living process works it.</exception>
    public Task MendAsync(
        string runId, RunRequest request, CheckedConfig check, JsonObject environment, CancellationToken cancellationToken) =>
        _starter.MendAsync(runId, request, check, environment, cancellationToken);

    /// <summary>Works a run until it ends, is paused or the token stops it; what stopped can be taken up again. Failed jobs
    /// of a failed run get another try.</summary>
    /// <exception cref="InstanceBusyException">A living process works it.</exception>
    /// <exception cref="JobFailedException">Results could not be published, or the state could not be written; resume the
    /// run when that is mended.</exception>
    public Task<RunEnd> WorkAsync(string runId, IRunObserver observer, CancellationToken cancellationToken) =>
        _worker.WorkAsync(runId, observer, cancellationToken);

    /// <summary>Brings what could not be sent yet to the tools that the run's config names (<c>watchers</c>).</summary>
    /// <returns>What could still not be sent.</returns>
    /// <exception cref="FaultException">There is no such run, or its config names no tools.</exception>
    public async Task<IReadOnlyList<string>> SyncAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(runId, cancellationToken);
        return await _worker.SyncAsync(run.Id, cancellationToken)
            ?? throw new FaultException($"The config of run {run.Id} names no watchers.");
    }

    /// <summary>Takes a run from a node that does not come back: its jobs go on here, as after a crash.</summary>
    public Task TakeOverAsync(string runId, CancellationToken cancellationToken) => _runtime.DisownAsync(runId, cancellationToken);

    /// <summary>Lets running jobs end and starts no more.</summary>
    /// <exception cref="FaultException">The run has ended.</exception>
    public async Task PauseAsync(string runId, CancellationToken cancellationToken)
    {
        await EnsureUnendedAsync(runId, "pause", cancellationToken);
        await _runtime.PauseAsync(runId, cancellationToken);
    }

    /// <summary>Ends a run, what it started included. A failed run is given up: it is not taken up again, and may be cleaned.</summary>
    /// <exception cref="FaultException">The run has ended otherwise.</exception>
    public async Task CancelAsync(string runId, CancellationToken cancellationToken)
    {
        await EnsureUnendedAsync(runId, Cancel, cancellationToken);
        await _runtime.CancelAsync(runId, cancellationToken);

        // Where somebody works the run, the jobs stand until that worker has ended their programs itself.
        await _programs.EndOrphansAsync(runId, cancellationToken);
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
        if (run.State == RunStates.Cancelled)
        {
            throw new FaultException($"Run {run.Id} was cancelled and is not taken up again. Start a new one with \"run\".");
        }

        var failed = run.Jobs.Where(j => j.State == RunStates.Failed).ToList();
        var chosen = failed.FirstOrDefault(j => j.Id == job || j.MetaName == job);
        if (job is not null && chosen is null && failed.Count > 0)
        {
            throw new FaultException(
                $"Run {run.Id} has no failed job \"{job}\". Failed: {string.Join(", ", failed.Select(j => j.MetaName ?? j.Id))}.");
        }

        // A failed run without a failed job has an activity of another kind that faulted.
        if (failed.Count == 0 && (job is not null || run.State != RunStates.Failed))
        {
            throw new FaultException($"Run {run.Id} has no failed job; it is {run.State}.");
        }

        await _runtime.RetryAsync(run.Id, chosen?.Id, fromScratch, cancellationToken);
    }

    /// <summary>Brings an event to the runs that wait for it; work them afterwards.</summary>
    /// <param name="name">Name of the event, as its activity has it.</param>
    /// <param name="payload">What comes with it.</param>
    /// <param name="runId">The only run that it is meant for; null for all that wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The runs that it reached.</returns>
    /// <exception cref="FaultException">No run waits for it.</exception>
    public async Task<IReadOnlyList<string>> RaiseAsync(string name, JsonNode? payload, string? runId, CancellationToken cancellationToken)
    {
        var only = runId is null ? null : (await _queries.GetAsync(runId, cancellationToken)).Id;
        var reached = await _runtime.PublishEventAsync(name, payload, cancellationToken, only);
        return reached.Count > 0
            ? reached
            : throw new FaultException($"{(only is null ? "No run waits" : $"Run {only} does not wait")} for an event \"{name}\".");
    }

    private async Task EnsureUnendedAsync(string runId, string verb, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(runId, cancellationToken);
        if (run.EndedAt is { } ended && (run.State != RunStates.Failed || verb != Cancel))
        {
            throw new FaultException(FormattableString.Invariant(
                $"There is nothing to {verb}: run {run.Id} {run.State} at {ended.ToLocalTime():yyyy-MM-dd HH:mm:ss}."));
        }
    }
}
