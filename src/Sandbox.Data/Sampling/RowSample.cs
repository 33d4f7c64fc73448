namespace Sandbox.Data.Sampling;

/// <summary>Which rows of a data set are sampled: Data-Juicer's <c>random_sample</c> with its fixed seed.</summary>
internal static class RowSample
{
    private const long Seed = 42;

    /// <summary>Indices in order. As many as there are takes them as they are; more begins the shuffled rows anew.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="wanted">How many are wanted; none means the share that the weight is, as upstream.</param>
    /// <param name="weight">The weight.</param>
    public static IEnumerable<int> Indices(int rows, long wanted, double weight)
    {
        var taken = wanted > 0 ? wanted : (long)Math.Ceiling(rows * weight);
        if (rows == 0 || taken == rows)
        {
            return Enumerable.Range(0, rows);
        }

        var order = new NumpyRandom(Seed).Permutation(rows);
        return Enumerable.Range(0, (int)Math.Min(taken, int.MaxValue)).Select(i => order[i % rows]);
    }
}
