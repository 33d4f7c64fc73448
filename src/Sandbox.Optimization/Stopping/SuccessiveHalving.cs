using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Stopping;

/// <summary>Successive halving without waiting (Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020): a
/// trial goes on with a larger budget as soon as it is among the best 1/eta of those that have finished its rung.</summary>
internal sealed class SuccessiveHalving
{
    private readonly HalvingConfig _config;
    private readonly SweepMetric _metric;

    public SuccessiveHalving(HalvingConfig config, SweepMetric metric)
    {
        (_config, _metric) = (config, metric);
        var budgets = new List<long>();
        for (double budget = config.Min; Math.Round(budget) < config.Max; budget *= config.Eta)
        {
            budgets.Add((long)Math.Round(budget));
        }

        Budgets = [.. budgets, config.Max];
    }

    /// <summary>The budget of each rung, ascending.</summary>
    public IReadOnlyList<long> Budgets { get; }

    /// <summary>Keys that lead to the parameter that receives the budget.</summary>
    public IReadOnlyList<string> Path => [_config.Parameter];

    /// <summary>The trial that goes on next, or null where a new one is to begin; the highest rung comes first.</summary>
    public SweepTrial? Promotable(IReadOnlyList<SweepTrial> trials)
    {
        var promoted = trials.Select(t => t.PromotedFrom).OfType<int>().ToHashSet();
        for (var rung = Budgets.Count - 2; rung >= 0; rung--)
        {
            var finished = Ranked(trials.Where(t => t.Rung == rung));
            if (finished.Take((int)(finished.Count / _config.Eta)).FirstOrDefault(t => !promoted.Contains(t.Number)) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    private List<SweepTrial> Ranked(IEnumerable<SweepTrial> trials) =>
        [.. trials.Where(t => t.State is TrialState.Finished or TrialState.Stopped)
            .Select(t => (Trial: t, Values: Imputation.Values(t, _metric, 0).ToList()))
            .Where(t => t.Values.Count > 0)
            .OrderBy(t => t.Values.Min()).ThenBy(t => t.Trial.Number)
            .Select(t => t.Trial)];
}
