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

/// <summary>Chooses among probabilities as the program's heap of one does: of equal logarithms the last one stays.</summary>
internal static class Highest
{
    public static (int Label, float Logarithm) Of(ReadOnlySpan<float> probabilities)
    {
        var (best, logarithm, probability) = (-1, float.NegativeInfinity, 0f);
        for (var i = 0; i < probabilities.Length; i++)
        {
            // Logarithms are dear, and only those of close probabilities can be equal.
            if (best >= 0 && probabilities[i] < probability * 0.999f)
            {
                continue;
            }

            var own = SafeLogarithm.Of(probabilities[i]);
            if (own >= logarithm)
            {
                (best, logarithm, probability) = (i, own, probabilities[i]);
            }
        }

        return (best, best < 0 ? 0 : logarithm);
    }
}

/// <summary>All labels compete.</summary>
internal sealed class SoftmaxLayer(IMatrix output, int labels) : IOutputLayer
{
    public (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden)
    {
        var values = new float[labels];
        var highest = float.NegativeInfinity;
        for (var i = 0; i < labels; i++)
        {
            values[i] = output.Dot(i, hidden);
            highest = Math.Max(highest, values[i]);
        }

        var sum = 0f;
        for (var i = 0; i < labels; i++)
        {
            values[i] = MathF.Exp(values[i] - highest);
            sum += values[i];
        }

        for (var i = 0; i < labels; i++)
        {
            values[i] /= sum;
        }

        return Highest.Of(values);
    }
}

/// <summary>Each label has a probability of its own: one-vs-all, and models trained by negative sampling.</summary>
internal sealed class SigmoidLayer(IMatrix output, int labels) : IOutputLayer
{
    private const int TableSize = 512;
    private const int Limit = 8;
    private static readonly float[] Table =
        [.. Enumerable.Range(0, TableSize + 1).Select(i => (float)(1 / (1 + Math.Exp(-(((float)(i * 2 * Limit) / TableSize) - Limit)))))];

    public (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden)
    {
        var values = new float[labels];
        for (var i = 0; i < labels; i++)
        {
            values[i] = Sigmoid(output.Dot(i, hidden));
        }

        return Highest.Of(values);
    }

    // From a table, as the program takes it.
    private static float Sigmoid(float x) => x switch
    {
        < -Limit => 0,
        > Limit => 1,
        _ => Table[(int)((x + Limit) * TableSize / Limit / 2)],
    };
}
