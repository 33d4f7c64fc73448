using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Sandbox.Optimization.Distributions;

/// <summary>A continuous distribution of numbers.</summary>
internal interface ICurve
{
    /// <summary>Least and greatest value; infinite where there is none.</summary>
    (double Low, double High) Support { get; }

    double Inverse(double probability);

    double Cumulative(double value);
}

internal sealed class UniformCurve(double min, double max) : ICurve
{
    public (double Low, double High) Support => (min, max);

    public double Inverse(double probability) => (probability * (max - min)) + min;

    public double Cumulative(double value) => Math.Clamp((value - min) / (max - min), 0, 1);
}

internal sealed class NormalCurve(double mean, double deviation) : ICurve
{
    public (double Low, double High) Support => (double.NegativeInfinity, double.PositiveInfinity);

    public double Inverse(double probability) => mean - (deviation * Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * probability));

    public double Cumulative(double value) => Normal.CDF(mean, deviation, value);
}

/// <summary>A number whose logarithm follows another curve.</summary>
internal sealed class LogCurve(ICurve logarithm) : ICurve
{
    public (double Low, double High) Support => (Math.Exp(logarithm.Support.Low), Math.Exp(logarithm.Support.High));

    public double Inverse(double probability) => Math.Exp(logarithm.Inverse(probability));

    public double Cumulative(double value) => value <= 0 ? 0 : logarithm.Cumulative(Math.Log(value));
}

internal sealed class BetaCurve(double a, double b) : ICurve
{
    // A double has 53 bits: so many halvings leave nothing to halve.
    private const int Halvings = 1100;

    public (double Low, double High) Support => (0, 1);

    public double Inverse(double probability)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings && low < high; i++)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = Cumulative(middle) < probability ? (middle, high) : (low, middle);
        }

        return probability >= 1 ? 1 : high;
    }

    public double Cumulative(double value) => value <= 0 ? 0 : value >= 1 ? 1 : SpecialFunctions.BetaRegularized(a, b, value);
}
