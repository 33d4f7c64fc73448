namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Matérn kernel of smoothness 5/2 (Rasmussen and Williams, "Gaussian Processes for Machine Learning", eq. 4.17) with
/// a weight for each axis: s·(1 + √5·r + 5r²/3)·exp(−√5·r), r² = Σ wⱼ·dⱼ². The weight is the inverse square of the
/// length scale; d is a difference, or for choices 1 where they differ.</summary>
/// <param name="Weights">A weight an axis.</param>
/// <param name="Scale">Variance of the function.</param>
/// <param name="Noise">Variance of the noise.</param>
internal sealed record Kernel(double[] Weights, double Scale, double Noise)
{
    private static readonly double Root5 = Math.Sqrt(5);

    /// <summary>The kernel at a squared weighted distance.</summary>
    public double At(double square)
    {
        var root = Root5 * Math.Sqrt(square);
        return Scale * (1 + root + (5.0 / 3 * square)) * Math.Exp(-root);
    }

    /// <summary>Its derivative by the squared distance.</summary>
    public double Slope(double square)
    {
        var root = Root5 * Math.Sqrt(square);
        return -5.0 / 6 * Scale * (1 + root) * Math.Exp(-root);
    }

    /// <summary>Squared weighted distance of two rows.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, bool[] isChoice)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Weights[i] * SquaredDifference(a[i], b[i], isChoice[i]);
        }

        return sum;
    }

    /// <summary>Squared distance on one axis.</summary>
    public static double SquaredDifference(double a, double b, bool isChoice) =>
        isChoice ? a.Equals(b) ? 0 : 1 : (a - b) * (a - b);
}
