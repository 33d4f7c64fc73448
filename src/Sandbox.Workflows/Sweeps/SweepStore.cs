using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Persistence;
using Sandbox.Optimization.Studies;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>The rows of sweeps.</summary>
internal sealed class SweepStore(RunsDatabase database)
{
    /// <summary>The sweep, or null where it has not begun.</summary>
    public async Task<SweepRow?> FindAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Sweeps.AsNoTracking().FirstOrDefaultAsync(s => s.RunId == sweepId, cancellationToken);
    }

    /// <summary>The trials, by number.</summary>
    public async Task<List<TrialRow>> TrialsAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Trials.AsNoTracking().Where(t => t.SweepId == sweepId).OrderBy(t => t.Number).ToListAsync(cancellationToken);
    }

    /// <summary>Asks for no more trials.</summary>
    public Task StopAsync(string sweepId, CancellationToken cancellationToken) =>
        ChangeAsync(sweepId, s => s.IsStopped = true, cancellationToken);

    /// <summary>Asks for more trials than configured: so many of the search's own, and those of given parameters, which are
    /// tried first.</summary>
    public async Task AddAsync(string sweepId, int trials, IReadOnlyList<JsonObject> given, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await SweepAsync(db, sweepId, cancellationToken);
        row.ExtraTrials += trials + given.Count;
        row.IsStopped &= trials == 0;
        db.QueuedTrials.AddRange(given.Select(g => new QueuedTrialRow { SweepId = sweepId, Parameters = g.ToJsonString() }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The parameters that wait to become the next trial; null where none do.</summary>
    public async Task<QueuedTrialRow?> NextQueuedAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.QueuedTrials.AsNoTracking().Where(q => q.SweepId == sweepId).OrderBy(q => q.Sequence).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task ChangeAsync(string sweepId, Action<SweepRow> change, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        change(await SweepAsync(db, sweepId, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<SweepRow> SweepAsync(RunsDbContext db, string sweepId, CancellationToken cancellationToken) =>
        await db.Sweeps.FirstOrDefaultAsync(s => s.RunId == sweepId, cancellationToken)
        ?? throw new FaultException($"Run {sweepId} is no sweep, or it has not begun. Sweeps come from configs with hpo_config.");
}

/// <summary>Writes a trial's row, new or changed, and takes what it was made of from the queue.</summary>
internal sealed class TrialCommit(TrialRow row, long? queued = null) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await using var db = RunsDatabase.In(scope);
        var isKnown = await db.Trials.AnyAsync(t => t.SweepId == row.SweepId && t.Number == row.Number, cancellationToken);
        db.Entry(row).State = isKnown ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(cancellationToken);
        if (queued is { } sequence)
        {
            await db.QueuedTrials.Where(q => q.Sequence == sequence).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
