namespace Sandbox.Data.Sorting;

/// <summary>Least-significant-digit radix sort of rows: linear, and stable.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;

    /// <summary>Sorts the first <paramref name="count"/> rows. The two arrays may change places.</summary>
    public static void Sort(ref uint[] rows, ref uint[] spare, int count, RowLayout layout)
    {
        var starts = new int[Buckets];
        for (var key = layout.Keys.Length - 1; key >= 0; key--)
        {
            var column = layout.Keys[key];
            var largest = Largest(rows, count, layout.Width, column);
            for (var shift = 0; shift < 32 && largest >> shift != 0; shift += DigitBits)
            {
                if (Histogram(rows, count, layout.Width, column, shift, starts))
                {
                    Scatter(rows, spare, count, layout.Width, column, shift, starts);
                    (rows, spare) = (spare, rows);
                }
            }
        }
    }

    private static uint Largest(uint[] rows, int count, int width, int column)
    {
        var largest = 0u;
        for (int row = 0, at = column; row < count; row++, at += width)
        {
            largest = Math.Max(largest, rows[at]);
        }

        return largest;
    }

    // False where all rows have the same digit: nothing would move.
    private static bool Histogram(uint[] rows, int count, int width, int column, int shift, int[] starts)
    {
        Array.Clear(starts);
        for (int row = 0, at = column; row < count; row++, at += width)
        {
            starts[(rows[at] >> shift) & (Buckets - 1)]++;
        }

        if (starts[(rows[column] >> shift) & (Buckets - 1)] == count)
        {
            return false;
        }

        var sum = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            (starts[bucket], sum) = (sum, sum + starts[bucket]);
        }

        return true;
    }

    private static void Scatter(uint[] rows, uint[] target, int count, int width, int column, int shift, int[] starts)
    {
        for (int row = 0, at = 0; row < count; row++, at += width)
        {
            var bucket = (rows[at + column] >> shift) & (Buckets - 1);
            rows.AsSpan(at, width).CopyTo(target.AsSpan(starts[bucket]++ * width, width));
        }
    }
}
