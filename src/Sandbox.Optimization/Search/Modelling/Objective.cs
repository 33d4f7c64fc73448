using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Search.Modelling;

/// <summary>What a model-based search makes smaller.</summary>
internal sealed class Objective(IReadOnlyList<SweepMetric> metrics)
{
    // ParEGO's share of the plain sum, which breaks ties at the edge of the front.
    private const double Augmentation = 0.05;
    private const long WeightStream = 0x5EED;

    /// <summary>Whether there is more than one metric.</summary>
    public bool IsMultiple => metrics.Count > 1;

    /// <summary>The trials with one value each. Of several metrics it is a weighted Chebyshev distance from the best of each,
    /// with weights drawn anew for every trial (Knowles, "ParEGO", 2006): over the trials all of the front is sought.</summary>
    public ModelData Data(SearchState state)
    {
        var data = Imputation.Of(state.Trials, metrics[0]);
        return IsMultiple && data.Known.Count > 0 ? data with { Known = Scalars(data, All(state, data), new SeededRandom(state.Seed + WeightStream, state.Number)) } : data;
    }

    /// <summary>The trials ranked by fronts, and within a front by how far apart they lie: smaller is better.</summary>
    public ModelData Ranked(SearchState state)
    {
        var data = Imputation.Of(state.Trials, metrics[0]);
        return IsMultiple ? data with { Known = [.. data.Known.Zip(Pareto.Ranks(All(state, data)), (k, rank) => (k.Trial, rank))] } : data;
    }

    // A row a trial, a column a metric.
    private List<double[]> All(SearchState state, ModelData first)
    {
        var columns = metrics.Select((m, i) => Imputation.Of(state.Trials, m, i).Known.ToDictionary(k => k.Trial, k => k.Value)).ToList();
        return [.. first.Known.Select(k => columns.Select(c => c.GetValueOrDefault(k.Trial)).ToArray())];
    }

    private List<(SweepTrial, double)> Scalars(ModelData data, List<double[]> rows, SeededRandom random)
    {
        var weights = metrics.Select(_ => -Math.Log(1 - random.Next())).ToArray();
        var sum = weights.Sum();
        var spans = metrics.Select((_, i) => (Low: rows.Min(r => r[i]), High: rows.Max(r => r[i]))).ToArray();
        double Scalar(double[] row)
        {
            var parts = row.Select((v, i) => weights[i] / sum * (spans[i].High > spans[i].Low ? (v - spans[i].Low) / (spans[i].High - spans[i].Low) : 0)).ToList();
            return parts.Max() + (Augmentation * parts.Sum());
        }

        return [.. data.Known.Zip(rows, (k, row) => (k.Trial, Scalar(row)))];
    }
}
