namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>The inception score: exp of the mean divergence of each sample's classes from the classes of its part.</summary>
/// <remarks>Salimans et al., 2016.</remarks>
internal static class InceptionScore
{
    /// <summary>Mean and population deviation over the parts.</summary>
    /// <param name="logits">One row a sample, before the softmax.</param>
    /// <param name="splits">Number of parts; at most as many as rows.</param>
    public static (double Mean, double Deviation) Of(double[][] logits, int splits)
    {
        var rows = logits.Select(Softmax).ToArray();
        var scores = Enumerable.Range(0, splits)
            .Select(i => Score(rows[(int)((long)i * rows.Length / splits)..(int)((i + 1L) * rows.Length / splits)])).ToList();
        var mean = scores.Average();
        return (mean, Math.Sqrt(scores.Average(s => (s - mean) * (s - mean))));
    }

    private static double[] Softmax(double[] logits)
    {
        var largest = logits.Max();
        var powers = logits.Select(v => Math.Exp(v - largest)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }

    private static double Score(double[][] part)
    {
        var mean = Enumerable.Range(0, part[0].Length).Select(j => part.Average(r => r[j])).ToArray();
        return Math.Exp(part.Average(row => row.Zip(mean, (p, m) => p == 0 ? 0 : p * (Math.Log(p) - Math.Log(m))).Sum()));
    }
}
