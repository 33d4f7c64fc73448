using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Studies;

/// <summary>What a model is given of the trials so far.</summary>
/// <param name="Known">Trials with a value, smaller is better.</param>
/// <param name="Pending">Trials without one, that will have one.</param>
internal sealed record ModelData(IReadOnlyList<(SweepTrial Trial, double Value)> Known, IReadOnlyList<SweepTrial> Pending);

/// <summary>The value of a trial, and what stands in for it where there is none, as W&amp;B's engine has it: the value is the
/// best of history and end; of a trial that failed, or that ended without a number, <c>impute</c> says which.</summary>
internal static class Imputation
{
    public static ModelData Of(IReadOnlyList<SweepTrial> trials, SweepMetric metric, int index = 0)
    {
        var known = new List<(SweepTrial, double)>();
        var pending = new List<SweepTrial>();
        var worst = trials.SelectMany(t => Values(t, metric, index)).DefaultIfEmpty(0).Max();
        foreach (var trial in trials)
        {
            var values = Values(trial, metric, index).ToList();
            switch (trial.State)
            {
                case TrialState.Finished or TrialState.Stopped when values.Count > 0:
                    known.Add((trial, values.Min()));
                    break;
                case TrialState.Finished or TrialState.Stopped or TrialState.Failed or TrialState.Crashed or TrialState.Killed:
                    known.Add((trial, StandIn(trial, metric, values, worst)));
                    break;
                case TrialState.Running when metric.ImputeWhileRunning is "latest" or "best" or "worst" && values.Count > 0:
                    known.Add((trial, values.Min()));
                    break;
                default:
                    pending.Add(trial);
                    break;
            }
        }

        return new ModelData(known, pending);
    }

    /// <summary>The values of a trial that are numbers, smaller is better: its history, then its end.</summary>
    public static IEnumerable<double> Values(SweepTrial trial, SweepMetric metric, int index)
    {
        var history = index == 0 ? trial.History.Select(r => r.Value) : [];
        var end = trial.Values.Count > index ? [trial.Values[index]] : Array.Empty<double>();
        return history.Concat(end).Where(double.IsFinite).Select(v => metric.IsMaximized ? -v : v);
    }

    private static double StandIn(SweepTrial trial, SweepMetric metric, List<double> values, double worst) => metric.Impute switch
    {
        "best" => values.DefaultIfEmpty(0).Min(),
        "latest" => Latest(trial, metric) ?? values.DefaultIfEmpty(0).First(),
        _ => worst,
    };

    private static double? Latest(SweepTrial trial, SweepMetric metric) =>
        trial.History.LastOrDefault(r => double.IsFinite(r.Value)) is { } last ? metric.IsMaximized ? -last.Value : last.Value : null;
}
