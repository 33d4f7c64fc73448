namespace Sandbox.Data.FastText;

/// <summary>What turns the mean of the input rows into probabilities of labels.</summary>
internal interface IOutputLayer
{
    /// <summary>The most probable label and the logarithm of its probability; -1 where there is none.</summary>
    (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden);
}

/// <summary>The program's logarithm, which never sees 0.</summary>
internal static class SafeLogarithm
{
    public static float Of(float probability) => (float)Math.Log(probability + 1e-5);
}

/// <summary>All labels compete.</summary>
internal sealed class SoftmaxLayer(IMatrix output, int labels) : IOutputLayer
{
    public (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden)
    {
        if (labels == 0)
        {
            return (-1, 0);
        }

        var scores = new float[labels];
        for (var i = 0; i < labels; i++)
        {
            scores[i] = output.Dot(i, hidden);
        }

        var best = 0;
        for (var i = 1; i < labels; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - scores[best]);
        }

        return (best, SafeLogarithm.Of(1 / sum));
    }
}

/// <summary>Each label has a probability of its own: one-vs-all, and models trained by negative sampling.</summary>
internal sealed class SigmoidLayer(IMatrix output, int labels) : IOutputLayer
{
    private const int TableSize = 512;
    private const int Limit = 8;
    private static readonly float[] Table =
        [.. Enumerable.Range(0, TableSize + 1).Select(i => (float)(1 / (1 + Math.Exp(-(float)(i * 2 * Limit) / TableSize + Limit))))];

    public (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden)
    {
        var (best, highest) = (-1, float.NegativeInfinity);
        for (var i = 0; i < labels; i++)
        {
            var probability = Sigmoid(output.Dot(i, hidden));
            (best, highest) = probability > highest ? (i, probability) : (best, highest);
        }

        return (best, best < 0 ? 0 : SafeLogarithm.Of(highest));
    }

    // From a table, as the program takes it.
    private static float Sigmoid(float x) => x switch
    {
        < -Limit => 0,
        > Limit => 1,
        _ => Table[(int)((x + Limit) * TableSize / Limit / 2)],
    };
}
