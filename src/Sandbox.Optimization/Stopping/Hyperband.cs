using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Stopping;

/// <summary>What hyperband finds.</summary>
/// <param name="Bands">Steps at which trials are compared, ascending.</param>
/// <param name="Thresholds">Greatest value that passes at each band, smaller is better; infinite where no trial has come so far.</param>
/// <param name="Stopped">Running trials that do not pass.</param>
internal sealed record HyperbandVerdict(IReadOnlyList<double> Bands, IReadOnlyList<double> Thresholds, IReadOnlyList<SweepTrial> Stopped);

/// <summary>Early termination by hyperband, as W&amp;B's engine does it: at each band the best 1/eta of the trials that came so
/// far go on. A trial is judged at the highest band it has reached, at every report, against thresholds that later trials may
/// have moved.</summary>
internal static class Hyperband
{
    // From min_iter upwards there is no last band; so many pass any history.
    private const int Upwards = 100;

    public static HyperbandVerdict Judge(HyperbandConfig config, SweepMetric metric, IReadOnlyList<SweepTrial> trials)
    {
        var curves = trials.Select(t => (Trial: t, Values: Curve(t, metric))).ToList();
        var bands = Bands(config);
        var thresholds = bands.Select(b => Threshold(curves.Select(c => c.Values).Where(v => v.Count >= b).Select(v => v[(int)b - 1]), config.Eta)).ToList();
        return new HyperbandVerdict(
            bands, thresholds, [.. curves.Where(c => c.Trial.State == TrialState.Running && Fails(c.Values, bands, thresholds, config.IsStrict)).Select(c => c.Trial)]);
    }

    private static List<double> Curve(SweepTrial trial, SweepMetric metric) =>
        [.. trial.History.Select(r => r.Value).Where(double.IsFinite).Select(v => metric.IsMaximized ? -v : v)];

    // Cut down to whole steps only at the end: what lies between is not rounded.
    private static List<double> Bands(HyperbandConfig config)
    {
        if (config.MaxIter is not { } max)
        {
            return [.. Enumerable.Range(0, Upwards).Select(i => Math.Floor(config.MinIter!.Value * Math.Pow(config.Eta, i)))];
        }

        var bands = new List<double>();
        for (var band = max / config.Eta; band >= 1 && bands.Count < config.S; band /= config.Eta)
        {
            bands.Insert(0, Math.Floor(band));
        }

        return bands;
    }

    private static double Threshold(IEnumerable<double> values, double eta)
    {
        var ordered = values.Order().ToList();
        return ordered.Count == 0 ? double.PositiveInfinity : ordered[(int)(1 / eta * ordered.Count)];
    }

    private static bool Fails(List<double> values, List<double> bands, List<double> thresholds, bool isStrict)
    {
        var reached = bands.FindLastIndex(b => values.Count >= b);
        return reached >= 0 && (isStrict ? values[(int)bands[reached] - 1] : values.Min()) > thresholds[reached];
    }
}
