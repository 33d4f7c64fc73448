using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Studies;

/// <summary>Which trials of a sweep are the best.</summary>
public static class Ranking
{
    /// <summary>The trial with the best value, of equal ones the first; under successive halving among those of the highest
    /// rung reached. With several metrics the first of the front. Null where no trial has a value.</summary>
    public static SweepTrial? Best(SweepConfig config, IReadOnlyList<SweepTrial> trials)
    {
        if (config.Metrics.Count > 1)
        {
            return Front(config, trials).FirstOrDefault();
        }

        var ended = Ended(config, trials).ToList();
        var rung = ended.Select(e => e.Trial.Rung).DefaultIfEmpty(0).Max();
        return ended.Where(e => e.Trial.Rung == rung).OrderBy(e => e.Values[0]).Select(e => e.Trial).FirstOrDefault();
    }

    /// <summary>The trials that no other one beats in all metrics.</summary>
    public static IReadOnlyList<SweepTrial> Front(SweepConfig config, IReadOnlyList<SweepTrial> trials)
    {
        var ended = Ended(config, trials).ToList();
        return [.. Pareto.Front([.. ended.Select(e => e.Values)]).Select(i => ended[i].Trial)];
    }

    /// <summary>The value of a trial for one of the metrics, the best of its history and its end; null where it has none.</summary>
    public static double? Value(SweepConfig config, SweepTrial trial, int metric)
    {
        var values = Imputation.Values(trial, config.Metrics[metric], metric).ToList();
        return values.Count == 0 ? null : config.Metrics[metric].IsMaximized ? -values.Min() : values.Min();
    }

    /// <summary>Whether a trial has met the target of every metric that has one.</summary>
    public static bool IsTargetMet(SweepConfig config, IReadOnlyList<SweepTrial> trials) =>
        config.Metrics.Any(m => m.Target is not null)
        && Ended(config, trials).Any(e => config.Metrics.Select((m, i) => m.Target is not { } target || e.Values[i] <= (m.IsMaximized ? -target : target)).All(met => met));

    private static IEnumerable<(SweepTrial Trial, double[] Values)> Ended(SweepConfig config, IReadOnlyList<SweepTrial> trials) =>
        config.Metrics.Count == 0 ? [] : trials.Where(t => t.State is TrialState.Finished or TrialState.Stopped)
            .Select(t => (Trial: t, Values: config.Metrics.Select((m, i) => Imputation.Values(t, m, i).DefaultIfEmpty(double.NaN).Min()).ToArray()))
            .Where(t => t.Values.All(double.IsFinite));
}
