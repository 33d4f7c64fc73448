using System.Numerics;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Counts the n-grams of a sequence exactly: a hash finds the place, the items decide. Buffers are kept by the
/// thread, so that a row costs no garbage.</summary>
internal static class NgramCounts
{
    private const ulong Factor = 0x9E3779B97F4A7C15UL;

    [ThreadStatic]
    private static int[]? _slots;

    [ThreadStatic]
    private static List<(int Start, int Count)>? _grams;

    /// <summary>How often each distinct n-gram occurs, in the order of first appearance; valid until the next call.</summary>
    public static List<(int Start, int Count)> Count<T>(ReadOnlySpan<T> items, int length)
        where T : unmanaged, IBinaryInteger<T>
    {
        var grams = _grams ??= [];
        grams.Clear();
        var total = items.Length - length + 1;
        if (total <= 0)
        {
            return grams;
        }

        var slots = Slots(total, out var mask);
        var (hash, leaving) = Start(items[..length]);
        for (var start = 0; ; start++)
        {
            Add(items, start, length, Spread(hash) & mask, slots, mask, grams);
            if (start + 1 == total)
            {
                return grams;
            }

            hash = unchecked(((hash - (ulong.CreateTruncating(items[start]) * leaving)) * Factor) + ulong.CreateTruncating(items[start + length]));
        }
    }

    private static void Add<T>(
        ReadOnlySpan<T> items, int start, int length, int slot, int[] slots, int mask, List<(int Start, int Count)> grams)
        where T : unmanaged, IBinaryInteger<T>
    {
        var gram = items.Slice(start, length);
        while (slots[slot] != 0)
        {
            var at = slots[slot] - 1;
            var (first, count) = grams[at];
            if (items.Slice(first, length).SequenceEqual(gram))
            {
                grams[at] = (first, count + 1);
                return;
            }

            slot = (slot + 1) & mask;
        }

        grams.Add((start, 1));
        slots[slot] = grams.Count;
    }

    private static (ulong Hash, ulong Leaving) Start<T>(ReadOnlySpan<T> gram)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (hash, leaving) = (0UL, 1UL);
        for (var i = 0; i < gram.Length; i++)
        {
            hash = unchecked((hash * Factor) + ulong.CreateTruncating(gram[i]));
            leaving = i == 0 ? 1 : unchecked(leaving * Factor);
        }

        return (hash, leaving);
    }

    private static int Spread(ulong hash) => (int)((hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL >> 33);

    private static int[] Slots(int total, out int mask)
    {
        var size = (int)Math.Min(1u << 30, BitOperations.RoundUpToPowerOf2((uint)total * 2));
        if (_slots is null || _slots.Length < size)
        {
            _slots = new int[size];
        }
        else
        {
            Array.Clear(_slots, 0, size);
        }

        mask = size - 1;
        return _slots;
    }
}
