using Sandbox.Optimization.Space;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Studies;

/// <summary>How much of a metric one parameter explains.</summary>
/// <param name="Parameter">Its path, with dots.</param>
/// <param name="Share">The share of the metric's variation that goes with the parameter alone, from 0 to 1.</param>
/// <param name="Direction">From -1 (the metric falls where the parameter rises) to 1; null for a choice.</param>
/// <param name="Trials">How many trials it was found from.</param>
public sealed record ParameterImportance(string Parameter, double Share, double? Direction, int Trials);

/// <summary>
/// Which parameters matter. Trials are put into groups by the value of one parameter (numbers into up to five of equal size);
/// the share is what the groups explain of the ranks of the metric, corrected for their number (epsilon squared; Kelley, "An
/// unbiased correlation ratio measure", 1935). Ranks, since one trial that went astray would count more than all others.
/// The direction is Spearman's correlation. Effects of two parameters together are not seen.
/// </summary>
public static class Importance
{
    private const int MostGroups = 5;
    private const int FewestTrials = 4;

    /// <summary>The parameters of a sweep, the most important one first; those with one value only are left out.</summary>
    /// <param name="config">The sweep.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="metric">Which of its metrics.</param>
    public static IReadOnlyList<ParameterImportance> Of(SweepConfig config, IReadOnlyList<SweepTrial> trials, int metric = 0)
    {
        var space = SearchSpace.Of(config.Parameters);
        var ended = trials.Select(t => (Point: space.Encode(t.Parameters), Value: Ranking.Value(config, t, metric)))
            .Where(t => t.Value is not null).Select(t => (t.Point, Value: t.Value!.Value)).ToList();
        return [.. space.Axes.Select((axis, i) => Of(axis, [.. ended.Where(t => !double.IsNaN(t.Point[i])).Select(t => (t.Point[i], t.Value))]))
            .OfType<ParameterImportance>().OrderByDescending(p => p.Share).ThenBy(p => p.Parameter, StringComparer.Ordinal)];
    }

    private static ParameterImportance? Of(Axis axis, IReadOnlyList<(double Place, double Value)> trials)
    {
        if (trials.Count < FewestTrials || trials.Select(t => t.Place).Distinct().Count() < 2)
        {
            return null;
        }

        var ranks = Ranks([.. trials.Select(t => t.Value)]);
        var places = Ranks([.. trials.Select(t => t.Place)]);
        var groups = axis.Choices > 0 ? trials.Select(t => (int)t.Place).ToArray() : Groups(places);
        return new ParameterImportance(axis.Name, Share(ranks, groups), axis.Choices > 0 ? null : Correlation(places, ranks), trials.Count);
    }

    // Equal values are never parted.
    private static int[] Groups(double[] places)
    {
        var count = Math.Clamp((int)Math.Sqrt(places.Length), 2, MostGroups);
        return [.. places.Select(p => Math.Min(count - 1, (int)((p - 0.5) / places.Length * count)))];
    }

    private static double Share(double[] ranks, int[] groups)
    {
        var mean = ranks.Average();
        var all = ranks.Sum(r => (r - mean) * (r - mean));
        var parts = ranks.Zip(groups).GroupBy(r => r.Second, r => r.First).Select(g => g.ToList()).ToList();
        var free = ranks.Length - parts.Count;
        var inside = parts.Sum(g => g.Sum(r => (r - g.Average()) * (r - g.Average())));
        return all <= 0 || free <= 0 ? 0 : Math.Clamp(1 - (inside / free / (all / (ranks.Length - 1))), 0, 1);
    }

    // From 1; equal values share the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        var ranks = new double[values.Length];
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToList();
        for (var first = 0; first < order.Count;)
        {
            var last = first;
            while (last + 1 < order.Count && values[order[last + 1]].Equals(values[order[first]]))
            {
                last++;
            }

            for (var i = first; i <= last; i++)
            {
                ranks[order[i]] = ((first + last) / 2.0) + 1;
            }

            first = last + 1;
        }

        return ranks;
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var both = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        var size = Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
        return size > 0 ? both / size : 0;
    }
}
