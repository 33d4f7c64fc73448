using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Looks at runs without touching them.</summary>
public sealed class RunQueries
{
    /// <summary>Stands for the newest run of the home wherever an id is asked for. Ids are hexadecimal: none is called so.</summary>
    public const string Last = "last";

    /// <summary>The durable step in which a component prepares its environment.</summary>
    private const string EnvironmentStep = "environment";

    private readonly RunsDatabase _database;
    private readonly InstanceQueries _instances;
    private readonly RunScopes _scopes;

    internal RunQueries(RunsDatabase database, InstanceQueries instances, RunScopes scopes) =>
        (_database, _instances, _scopes) = (database, instances, scopes);

    /// <summary>The runs of this home, newest first, without their jobs. The trials of a sweep belong to it and are no runs of
    /// their own here, unless they are asked for.</summary>
    public async Task<IReadOnlyList<RunView>> ListAsync(int most, CancellationToken cancellationToken, bool withTrials = false)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Runs.AsNoTracking().Where(r => withTrials || r.SweepId == null).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
            .Take(most).ToListAsync(cancellationToken);
        var unpublished = (await Unpublished(db).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var instances = (await _instances.FindAsync(rows.Select(r => r.Id), cancellationToken))
            .ToDictionary(i => i.Id, StringComparer.Ordinal);
        var views = new List<RunView>();
        foreach (var row in rows.Where(r => instances.ContainsKey(r.Id)))
        {
            views.Add(await WithFailureAsync(RunViews.Of(row, instances[row.Id], isPublished: !unpublished.Contains(row.Id)), cancellationToken));
        }

        return views;
    }

    /// <summary>A run with its jobs.</summary>
    /// <param name="idOrPrefix">The id, enough of its beginning, or <see cref="Last"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FaultException">There is no such run, or more than one.</exception>
    public async Task<RunView> GetAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        var row = await FindAsync(idOrPrefix, cancellationToken);
        var instance = await _instances.GetAsync(row.Id, cancellationToken)
            ?? throw new FaultException($"The workflow instance of run {row.Id} is gone.");
        var layout = await _scopes.LayoutAsync(row.DefinitionVersionId, cancellationToken);
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var records = await db.JobRecords.AsNoTracking().Where(r => r.RunId == row.Id).ToListAsync(cancellationToken);
        var jobs = RunViews.Jobs(
            row, layout, await _instances.JobsAsync(row.Id, cancellationToken), records, instance.Holder is not null);
        var environments = await _instances.StepResultsAsync(row.Id, EnvironmentStep, cancellationToken);
        var isPublished = !await Unpublished(db).ContainsAsync(row.Id, cancellationToken);
        jobs = [.. jobs.Select(j => environments.GetValueOrDefault(j.Id) is JsonObject made ? j with { Environment = made } : j)];
        return await WithFailureAsync(RunViews.Of(row, instance, isPublished) with { Jobs = jobs }, cancellationToken);
    }

    /// <summary>The newest run that has trials; null where there is none.</summary>
    internal async Task<string?> FindNewestSweepAsync(CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return await db.Runs.AsNoTracking().Where(r => db.Sweeps.Any(s => s.RunId == r.Id))
            .OrderByDescending(r => r.CreatedAt).Select(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest unfinished run with the same config path, work directory and names; null where there is none.</summary>
    internal async Task<string?> FindUnfinishedAsync(RunRow like, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var newest = await Same(db, like).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        var instance = newest is null ? null : await _instances.GetAsync(newest.Id, cancellationToken);
        if (instance is null || instance.SubStatus == WorkflowSubStatus.Cancelled)
        {
            return null;
        }

        var isDone = instance.SubStatus == WorkflowSubStatus.Finished
            && !await Unpublished(db).ContainsAsync(newest!.Id, cancellationToken);
        return isDone ? null : newest!.Id;
    }

    /// <summary>Whether the database knows any run of that kind.</summary>
    internal async Task<bool> IsKnownAsync(RunRow like, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return await Same(db, like).AnyAsync(cancellationToken);
    }

    internal async Task<RunRow> FindAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(idOrPrefix))
        {
            throw new FaultException("Which run? Give its id, or enough of its beginning. See: sandbox list");
        }

        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var runs = db.Runs.AsNoTracking();
        var found = idOrPrefix == Last
            ? await runs.Where(r => r.SweepId == null).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Take(1).ToListAsync(cancellationToken)
            : await runs.Where(r => r.Id.StartsWith(idOrPrefix)).OrderBy(r => r.Id).Take(6).ToListAsync(cancellationToken);
        return found switch
        {
            [var one] => one,
            [] when idOrPrefix == Last => throw new FaultException("There is no run in this home yet. Start one: sandbox run <config>"),
            [] => throw new FaultException($"There is no run \"{idOrPrefix}\" in this home. See: sandbox list"),
            _ => throw new FaultException($"\"{idOrPrefix}\" fits several runs: {string.Join(", ", found.Select(r => r.Id))}. Give more of the id."),
        };
    }

    private async Task<RunView> WithFailureAsync(RunView view, CancellationToken cancellationToken)
    {
        var incidents = view.State == RunStates.Failed ? await _instances.IncidentsAsync(view.Id, cancellationToken) : [];
        return incidents.Count > 0 ? view with { Failure = incidents[^1].Message } : view;
    }

    // Their files are recorded but a full disk or a read-only path kept them from the paths that the config names.
    private static IQueryable<string> Unpublished(RunsDbContext db) =>
        db.Artifacts.AsNoTracking().Where(a => !a.Published).Select(a => a.RunId).Distinct();

    private static IQueryable<RunRow> Same(RunsDbContext db, RunRow like) => db.Runs.AsNoTracking().Where(r =>
        r.ConfigPath == like.ConfigPath && r.WorkDir == like.WorkDir && r.CurrentDirectory == like.CurrentDirectory
        && r.ProjectName == like.ProjectName && r.ExperimentName == like.ExperimentName);
}
