using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Promotion;

/// <summary>A recipe that a run processed data with.</summary>
/// <param name="Run">The run.</param>
/// <param name="Job">The job, <c>pipeline.meta_name</c>.</param>
/// <param name="Trial">The trial's number where the run is one of a sweep.</param>
/// <param name="Recipe">The recipe as it ran, all values in place.</param>
/// <param name="Origin">How it was chosen, for people.</param>
internal sealed record ChosenRecipe(RunView Run, string Job, int? Trial, Recipe Recipe, IReadOnlyList<string> Origin);

/// <summary>Finds the recipe that a run came to.</summary>
internal sealed class ChosenRecipes(RunQueries queries, SandboxSweeps sweeps, TrackingStore tracking)
{
    private const string ProcessHook = "ProcessDataHook";

    public async Task<ChosenRecipe> FindAsync(string idOrPrefix, string? job, CancellationToken cancellationToken)
    {
        var run = await queries.GetAsync(idOrPrefix, cancellationToken);
        if (await sweeps.FindAsync(run.Id, cancellationToken) is not { } sweep)
        {
            return await OfRunAsync(run, job, null, cancellationToken);
        }

        var best = sweep.Trials.FirstOrDefault(t => t.Number == sweep.Best)
            ?? throw new FaultException($"Run {run.Id} is a sweep, and none of its trials has a value yet: there is no best recipe.");
        return await OfRunAsync(await queries.GetAsync(best.RunId!, cancellationToken), job, best, cancellationToken);
    }

    private async Task<ChosenRecipe> OfRunAsync(RunView run, string? job, TrialView? trial, CancellationToken cancellationToken)
    {
        var recipes = await RecipesAsync(run, cancellationToken);
        var wanted = recipes.Where(r => job is null || r.Job == job || r.Job.EndsWith($".{job}", StringComparison.Ordinal)).ToList();
        if (wanted.Count == 0)
        {
            throw new FaultException(recipes.Count == 0
                ? $"No job of run {run.Id} has processed data ({ProcessHook}), so there is no recipe to promote."
                : $"Run {run.Id} has no job \"{job}\" that processed data.{Suggestion.For(job!, recipes.SelectMany(r => new[] { r.Job, r.Job[(r.Job.IndexOf('.', StringComparison.Ordinal) + 1)..] }))} There are: {Names(recipes)}.");
        }

        // The same recipe on several samples is one recipe.
        return wanted.Select(r => r.Recipe["process"]!.ToJsonString()).Distinct(StringComparer.Ordinal).Skip(1).Any()
            ? throw new FaultException($"Run {run.Id} has several recipes: choose one with --job. There are: {Names(wanted)}.")
            : new ChosenRecipe(run, wanted[^1].Job, trial?.Number, Recipe.Parse(wanted[^1].Recipe), Origin(trial));
    }

    private async Task<IReadOnlyList<(string Job, JsonObject Recipe)>> RecipesAsync(RunView run, CancellationToken cancellationToken)
    {
        var configs = (await tracking.ConfigsAsync(run.Id, cancellationToken)).Where(c => c.JobId is not null)
            .GroupBy(c => c.JobId!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return [.. run.Jobs.Where(j => j is { Hook: ProcessHook, State: RunStates.Finished } && configs.ContainsKey(j.Id))
            .Select(j => ($"{j.Pipeline}.{j.MetaName ?? j.Hook}", Recipe: (configs[j.Id].Configs as JsonObject)?["dj_configs"] as JsonObject))
            .Where(r => r.Recipe?["process"] is JsonArray { Count: > 0 }).Select(r => (r.Item1, r.Recipe!))];
    }

    private static string Names(IEnumerable<(string Job, JsonObject Recipe)> recipes) => string.Join(", ", recipes.Select(r => r.Job).Distinct(StringComparer.Ordinal));

    private static IReadOnlyList<string> Origin(TrialView? trial) => trial is null ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"The best trial of its sweep, number {trial.Number}: {string.Join(", ", trial.Values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value}")))}."),
        $"Its parameters: {trial.Parameters.ToJsonString()}",
    ];
}
