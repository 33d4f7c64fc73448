namespace Sandbox.Data.Sorting;

/// <summary>Rows of unsigned numbers of one width, and the columns that they are ordered by.</summary>
/// <param name="Width">Numbers a row.</param>
/// <param name="Keys">Key columns, the most significant first.</param>
/// <param name="SumLast">Whether rows with equal keys become one, their last columns added.</param>
internal sealed record RowLayout(int Width, int[] Keys, bool SumLast = false)
{
    /// <summary>Compares the keys of two rows.</summary>
    public int Compare(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        foreach (var key in Keys)
        {
            if (a[key] != b[key])
            {
                return a[key] < b[key] ? -1 : 1;
            }
        }

        return 0;
    }

    /// <summary>Order by the last of <paramref name="length"/> words, then the one before it, and so on. In this order
    /// an n-gram stands beside the shorter n-grams that it ends with.</summary>
    public static int[] SuffixOrder(int length) => [.. Enumerable.Range(0, length).Reverse()];

    /// <summary>Order by context (in suffix order), then by word: the words after one context stand together, and the
    /// contexts come in the order of the next shorter n-grams.</summary>
    public static int[] ContextOrder(int length) => [.. Enumerable.Range(0, length - 1).Reverse(), length - 1];
}
