using Sandbox.Optimization.Search.Modelling;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Brings values to mean 0 and deviation 1. Values that are further above the median than the best is below it count as
/// no worse than that: how bad a bad trial is says little of where the good ones are, and would hide their differences.</summary>
internal sealed class Standardisation
{
    private readonly double _mean;
    private readonly double _deviation;
    private readonly double _worst;

    private Standardisation(double mean, double deviation, double worst) => (_mean, _deviation, _worst) = (mean, deviation, worst);

    public static Standardisation Of(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        var median = ordered[ordered.Count / 2];

        // Where half of the trials are as good as the best, nothing is cut off.
        var worst = median > ordered[0] ? median + (median - ordered[0]) : double.PositiveInfinity;
        var cut = ordered.ConvertAll(v => Math.Min(v, worst));
        var mean = cut.Average();
        var deviation = Math.Sqrt(cut.Average(v => (v - mean) * (v - mean)));
        return new Standardisation(mean, deviation > 0 ? deviation : 1, worst);
    }

    public double[] Apply(IEnumerable<ModelPoint> points) => [.. points.Select(p => (Math.Min(p.Value, _worst) - _mean) / _deviation)];
}
