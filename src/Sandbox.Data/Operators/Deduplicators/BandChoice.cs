using MathNet.Numerics.Integration;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Chooses how a signature is cut into bands, so that the chances of false positives below a similarity and of
/// false negatives above it add up to the least (the rule of the library datasketch).</summary>
internal static class BandChoice
{
    // Exact for polynomials of degree 511; that of a band is at most the number of permutations.
    private const int Points = 256;

    /// <summary>Bands, and numbers of a band.</summary>
    public static (int Bands, int Rows) For(double threshold, int permutations)
    {
        var (best, least) = ((0, 0), double.PositiveInfinity);
        var below = new GaussLegendreRule(0, threshold, Points);
        var above = new GaussLegendreRule(threshold, 1, Points);
        for (var bands = 1; bands <= permutations; bands++)
        {
            for (var rows = 1; rows <= permutations / bands; rows++)
            {
                var error = (Integral(below, s => 1 - Missed(s, bands, rows)) * 0.5) + (Integral(above, s => Missed(s, bands, rows)) * 0.5);
                (best, least) = error < least ? ((bands, rows), error) : (best, least);
            }
        }

        return best;
    }

    private static double Missed(double similarity, int bands, int rows) => Math.Pow(1 - Math.Pow(similarity, rows), bands);

    private static double Integral(GaussLegendreRule rule, Func<double, double> function)
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            sum += rule.GetWeight(i) * function(rule.GetAbscissa(i));
        }

        return sum;
    }
}
