namespace Sandbox.Data.Analysis;

/// <summary>Finds numbers by their rank without sorting: four passes, each settling 16 bits of every number sought.</summary>
internal static class RankSearch
{
    private const int Digits = 4;
    private const int DigitBits = 16;

    /// <summary>The numbers of the ranks, in their order.</summary>
    /// <param name="forEach">Goes through all numbers, as often as asked.</param>
    /// <param name="ranks">Ranks from 0.</param>
    public static IReadOnlyList<double> Find(Action<Action<double>> forEach, IReadOnlyList<long> ranks)
    {
        var prefixes = new ulong[ranks.Count];
        var within = ranks.ToArray();
        for (var digit = Digits - 1; digit >= 0; digit--)
        {
            var shift = digit * DigitBits;
            var counts = Count(forEach, prefixes, shift);
            for (var i = 0; i < prefixes.Length; i++)
            {
                prefixes[i] = Descend(counts[prefixes[i]], prefixes[i], ref within[i]);
            }
        }

        return [.. prefixes.Select(FromKey)];
    }

    private static Dictionary<ulong, long[]> Count(Action<Action<double>> forEach, ulong[] prefixes, int shift)
    {
        var counts = prefixes.Distinct().ToDictionary(p => p, _ => new long[1 << DigitBits]);
        forEach(value =>
        {
            var key = ToKey(value) >> shift;
            if (counts.TryGetValue(shift + DigitBits == 64 ? 0 : key >> DigitBits, out var histogram))
            {
                histogram[key & ((1 << DigitBits) - 1)]++;
            }
        });
        return counts;
    }

    private static ulong Descend(long[] histogram, ulong prefix, ref long rank)
    {
        var digit = 0;
        while (rank >= histogram[digit])
        {
            rank -= histogram[digit++];
        }

        return (prefix << DigitBits) | (uint)digit;
    }

    // Bits that order as the numbers do.
    private static ulong ToKey(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        return (bits >> 63) == 0 ? bits | (1UL << 63) : ~bits;
    }

    private static double FromKey(ulong key) =>
        BitConverter.UInt64BitsToDouble((key >> 63) != 0 ? key & ~(1UL << 63) : ~key);
}
