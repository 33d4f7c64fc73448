namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>For each order, how many n-grams there are and how many have the count 1, 2, 3 and 4.</summary>
internal sealed class CountStatistics(int order)
{
    private const int Largest = 4;
    private readonly long[,] _counts = new long[order + 1, Largest + 1];

    /// <summary>The highest order.</summary>
    public int Order => order;

    /// <summary>N-grams of an order.</summary>
    public long Total(int length) => _counts[length, 0];

    /// <summary>N-grams of an order with that (adjusted) count, 1 to 4.</summary>
    public long WithCount(int length, int count) => _counts[length, count];

    public void Add(int length, uint count)
    {
        _counts[length, 0]++;
        if (count <= Largest)
        {
            _counts[length, count]++;
        }
    }
}
