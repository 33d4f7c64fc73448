using Sandbox.Optimization.Search.Modelling;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Brings values to mean 0 and deviation 1.</summary>
internal sealed class Standardisation
{
    private readonly double _mean;
    private readonly double _deviation;

    private Standardisation(double mean, double deviation) => (_mean, _deviation) = (mean, deviation);

    public static Standardisation Of(IEnumerable<double> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        var deviation = Math.Sqrt(list.Average(v => (v - mean) * (v - mean)));
        return new Standardisation(mean, deviation > 0 ? deviation : 1);
    }

    public double[] Apply(IEnumerable<ModelPoint> points) => [.. points.Select(p => (p.Value - _mean) / _deviation)];
}
