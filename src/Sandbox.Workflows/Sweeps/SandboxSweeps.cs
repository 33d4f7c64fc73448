using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Engine.Persistence;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Sweeps;

/// <summary>A trial for people.</summary>
/// <param name="Number">Its number.</param>
/// <param name="RunId">The run that works it, or null.</param>
/// <param name="State">Where it stands, in W&amp;B's words.</param>
/// <param name="Values">The values of the metrics by name; null where there is none.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Problem">Why it has no value, or null.</param>
public sealed record TrialView(
    int Number, string? RunId, string State, IReadOnlyDictionary<string, double?> Values, JsonObject Parameters, string? Problem);

/// <summary>A sweep for people.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Config">What is searched.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="IsStopped">Whether no more trials are started.</param>
/// <param name="Trials">The trials by number.</param>
/// <param name="Best">Number of the best one, or null.</param>
/// <param name="Front">Numbers of those that none beats in all metrics.</param>
public sealed record SweepView(
    RunView Run, SweepConfig Config, long Seed, bool IsStopped, IReadOnlyList<TrialView> Trials, int? Best, IReadOnlyList<int> Front)
{
    /// <summary>Which parameters matter for the first metric, the most important one first.</summary>
    public IReadOnlyList<ParameterImportance> Importance { get; init; } = [];
}

/// <summary>Looks at sweeps, stops them and makes them longer.</summary>
public sealed class SandboxSweeps
{
    private readonly SweepStore _store;
    private readonly RunQueries _queries;
    private readonly RunsDatabase _database;
    private readonly DefinitionStore _definitions;

    internal SandboxSweeps(SweepStore store, RunQueries queries, RunsDatabase database, DefinitionStore definitions) =>
        (_store, _queries, _database, _definitions) = (store, queries, database, definitions);

    /// <summary>A sweep with its trials.</summary>
    /// <exception cref="FaultException">There is no such run, or it is no sweep.</exception>
    public async Task<SweepView> GetAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        var run = await SweepRunAsync(idOrPrefix, cancellationToken);
        return await ViewAsync(run, cancellationToken)
            ?? throw new FaultException($"Run {run.Id} is no sweep. Sweeps come from configs with hpo_config.");
    }

    /// <summary>A sweep with its trials; null where the run is none.</summary>
    /// <exception cref="FaultException">There is no such run.</exception>
    public async Task<SweepView?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await ViewAsync(await _queries.GetAsync(runId, cancellationToken), cancellationToken);

    /// <summary>Lets running trials end and starts no more; the sweep then ends with what it has.</summary>
    /// <exception cref="FaultException">There is no such sweep, or it has ended.</exception>
    public async Task StopAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        await _store.StopAsync((await UnendedAsync(idOrPrefix, cancellationToken)).Id, cancellationToken);

    /// <summary>Adds trials to the configured number: so many of the search's own, and those of given parameters.</summary>
    /// <exception cref="FaultException">There is no such sweep, it has ended, or the parameters are not those of the sweep.</exception>
    public async Task AddAsync(string idOrPrefix, int trials, IReadOnlyList<JsonObject> given, CancellationToken cancellationToken)
    {
        var run = await UnendedAsync(idOrPrefix, cancellationToken);
        var config = await ConfigAsync(run.Id, cancellationToken) ?? throw new FaultException($"Run {run.Id} is no sweep. Sweeps come from configs with hpo_config.");
        var study = new Study(config, 0, [], []);
        var faults = given.SelectMany(g => study.Check(g).Select(f => new Fault(null, $"{g.ToJsonString()}: {f}"))).ToList();
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }

        await _store.AddAsync(run.Id, trials, given, cancellationToken);
    }

    private async Task<SweepView?> ViewAsync(RunView run, CancellationToken cancellationToken)
    {
        if (await ConfigAsync(run.Id, cancellationToken) is not { } config)
        {
            return null;
        }

        var row = await _store.FindAsync(run.Id, cancellationToken);
        var rows = await _store.TrialsAsync(run.Id, cancellationToken);
        var study = new Study(config, row?.Seed ?? 0, rows.Select(TrialJson.Read), []);
        return new SweepView(
            run, config, study.Seed, row?.IsStopped == true,
            [.. rows.Zip(study.Trials, (r, t) => View(r, t, config))], study.Best, study.Front)
        {
            Importance = config.Metrics.Count > 0 ? Importance.Of(config, study.Trials) : [],
        };
    }

    private static TrialView View(TrialRow row, SweepTrial trial, SweepConfig config) => new(
        row.Number, row.RunId, row.State,
        config.Metrics.Select((m, i) => KeyValuePair.Create(m.Name, Ranking.Value(config, trial, i))).ToDictionary(StringComparer.Ordinal),
        trial.Parameters, row.Problem);

    private async Task<RunView> UnendedAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        var run = await SweepRunAsync(idOrPrefix, cancellationToken);
        return run.State is RunStates.Finished or RunStates.Cancelled
            ? throw new FaultException($"Sweep {run.Id} is {run.State}. Start a new one; with warm_start it learns from the trials of this one.")
            : run;
    }

    // "last" means the newest sweep, not its newest trial.
    private async Task<RunView> SweepRunAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        var run = idOrPrefix == RunQueries.Last
            ? await _queries.FindNewestSweepAsync(cancellationToken) ?? throw new FaultException("There is no sweep in this home.")
            : idOrPrefix;
        return await _queries.GetAsync(run, cancellationToken);
    }

    private async Task<SweepConfig?> ConfigAsync(string runId, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var run = (await db.Runs.FindAsync([runId], cancellationToken))!;
        var definition = await _definitions.FindByVersionIdAsync(run.DefinitionVersionId, cancellationToken);
        var activity = definition?.Root.DescendantsAndSelf().FirstOrDefault(n => n.Type == ActivityNames.Sweep);
        var text = activity?.Inputs.GetValueOrDefault(ActivityNames.SweepInput)?.Value?.ToString();
        return text is null ? null : SweepText.Parse(text, []);
    }
}
