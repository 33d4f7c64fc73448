using MathNet.Numerics;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>The logarithm of the expected improvement below the best value (Jones, Schonlau and Welch, 1998). The logarithm
/// keeps its gradient where the improvement itself is too small for a double (Ament et al., 2023).</summary>
internal static class ExpectedImprovement
{
    private static readonly double LogRoot2Pi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>The logarithm, and its derivatives by mean and by deviation.</summary>
    public static (double Value, double ByMean, double ByDeviation) Log(double mean, double deviation, double best)
    {
        var z = (best - mean) / deviation;
        var density = (-z * z / 2) - LogRoot2Pi;

        // h(z) = φ(z) + z·Φ(z) = φ(z)·(1 + z·Φ(z)/φ(z)); the ratio by the scaled complementary error function.
        double logH, logPhi;
        if (z > -1)
        {
            var phi = Normal(z);
            logPhi = Math.Log(phi);
            logH = Math.Log(Math.Exp(density) + (z * phi));
        }
        else
        {
            logPhi = density + Math.Log(Mills(-z));
            logH = density + Math.Log(Remainder(-z));
        }

        return (Math.Log(deviation) + logH, -Math.Exp(logPhi - logH) / deviation, Math.Exp(density - logH) / deviation);
    }

    private static double Normal(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    // Mills' ratio (1 − Φ(x))/φ(x): near zero by its definition, beyond by Laplace's continued fraction.
    private static double Mills(double x) =>
        x < 5 ? 0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2)) / Math.Exp((-x * x / 2) - LogRoot2Pi) : 1 / (x + Fraction(x));

    // 1 − x·Mills(x); for large x the two are all but equal, and the fraction says how they differ.
    private static double Remainder(double x)
    {
        if (x < 5)
        {
            return 1 - (x * Mills(x));
        }

        var fraction = Fraction(x);
        return fraction / (x + fraction);
    }

    private static double Fraction(double x)
    {
        var result = 0.0;
        for (var k = 40; k >= 1; k--)
        {
            result = k / (x + result);
        }

        return result;
    }
}
