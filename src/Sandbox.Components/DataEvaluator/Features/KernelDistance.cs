namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>The kernel distance of two sets of features: the unbiased squared maximum mean discrepancy with the kernel
/// (x·y / columns + 1)³. It may be negative.</summary>
/// <remarks>Bińkowski et al., 2018 (KID).</remarks>
internal static class KernelDistance
{
    /// <summary>The distance over all rows.</summary>
    public static double Of(double[][] real, double[][] generated) =>
        WithinMean(real) + WithinMean(generated) - (2 * BetweenMean(real, generated));

    /// <summary>The mean over random subsets of equal size, drawn as upstream draws them: generated before real, by numpy's
    /// legacy generator. Where a subset is the whole of both sets nothing is drawn.</summary>
    public static double OverSubsets(double[][] real, double[][] generated, int subsets, int largest, uint seed, CancellationToken cancellationToken)
    {
        var size = Math.Min(Math.Min(real.Length, generated.Length), largest);
        if (size == real.Length && size == generated.Length)
        {
            return Of(real, generated);
        }

        var (random, sum) = (new LegacyNumpyRandom(seed), 0.0);
        for (var subset = 0; subset < subsets; subset++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = Take(generated, random.Permutation(generated.Length), size);
            sum += Of(Take(real, random.Permutation(real.Length), size), some);
        }

        return sum / subsets;
    }

    private static double[][] Take(double[][] rows, int[] order, int size) => [.. order.Take(size).Select(i => rows[i])];

    private static double WithinMean(double[][] rows)
    {
        var sum = 0.0;
        for (var i = 1; i < rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += Kernel(rows[i], rows[j]);
            }
        }

        return 2 * sum / rows.Length / (rows.Length - 1);
    }

    private static double BetweenMean(double[][] a, double[][] b) => a.Sum(x => b.Sum(y => Kernel(x, y))) / a.Length / b.Length;

    private static double Kernel(double[] x, double[] y)
    {
        var value = (Rows.Dot(x, y) / x.Length) + 1;
        return value * value * value;
    }
}
