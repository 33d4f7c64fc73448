using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Tracking;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Removes runs with all that the home holds of them. Published files are never touched.</summary>
public sealed class RunRemoval
{
    private readonly WorkflowRuntime _runtime;
    private readonly RunsDatabase _database;
    private readonly TrackingStore _tracking;
    private readonly SharedCopies _shared;
    private readonly SandboxHome _home;

    internal RunRemoval(WorkflowRuntime runtime, RunsDatabase database, TrackingStore tracking, SharedCopies shared, SandboxHome home) =>
        (_runtime, _database, _tracking, _shared, _home) = (runtime, database, tracking, shared, home);

    /// <summary>Removes a run: its instance, records, metrics, logs and attempt directories; of a sweep all trials, too.</summary>
    /// <returns>False where there is no such run.</returns>
    /// <exception cref="InstanceBusyException">A live process works it: cancel it first.</exception>
    /// <exception cref="FaultException">Other runs use its files.</exception>
    public async Task<bool> DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        await _tracking.EnsureReadyAsync(cancellationToken);
        var trials = await TrialsAsync(runId, cancellationToken);
        var users = (await _shared.UsersAsync(cancellationToken))[runId].Except(trials, StringComparer.Ordinal).ToList();
        if (users.Count > 0)
        {
            throw new FaultException($"Run {runId} keeps files that other runs use: {string.Join(", ", users.Take(5))}{(users.Count > 5 ? " …" : string.Empty)}. Delete those first; of a sweep delete the sweep, which takes its trials along.");
        }

        foreach (var trial in trials)
        {
            await DeleteOneAsync(trial, cancellationToken);
        }

        return await DeleteOneAsync(runId, cancellationToken);
    }

    private async Task<List<string>> TrialsAsync(string runId, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return await db.Runs.AsNoTracking().Where(r => r.SweepId == runId).Select(r => r.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> DeleteOneAsync(string runId, CancellationToken cancellationToken)
    {
        if (!await _runtime.DeleteAsync(runId, [new RemovalCommit(runId)], cancellationToken))
        {
            return false;
        }

        var directory = new DirectoryInfo(_home.RunDirectory(runId));
        if (directory.Exists)
        {
            directory.Delete(recursive: true);
        }

        return true;
    }
}

/// <summary>Deletes the rows of a run in the transaction that deletes its instance.</summary>
internal sealed class RemovalCommit(string runId) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await DeleteAsync(scope, "DELETE FROM sandbox_artifacts WHERE RunId = @run", cancellationToken);
        await DeleteAsync(scope, "DELETE FROM sandbox_job_records WHERE RunId = @run", cancellationToken);
        await DeleteAsync(scope, "DELETE FROM sandbox_trials WHERE SweepId = @run", cancellationToken);
        await DeleteAsync(scope, "DELETE FROM sandbox_sweep_queue WHERE SweepId = @run", cancellationToken);
        await DeleteAsync(scope, "DELETE FROM sandbox_sweeps WHERE RunId = @run", cancellationToken);
        await DeleteAsync(scope, "DELETE FROM sandbox_runs WHERE Id = @run", cancellationToken);
        await TrackingRemoval.DeleteAsync(scope.Connection, scope.Transaction, runId, cancellationToken);
    }

    private async Task DeleteAsync(CommitScope scope, string sql, CancellationToken cancellationToken)
    {
        await using var command = scope.Connection.CreateCommand();
        (command.Transaction, command.CommandText) = (scope.Transaction, sql);
        DbParameter run = command.CreateParameter();
        (run.ParameterName, run.Value) = ("@run", runId);
        command.Parameters.Add(run);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
