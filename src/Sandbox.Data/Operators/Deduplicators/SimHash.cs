namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>A hash of 64 bits that is alike for like texts (Charikar, 2002): each bit by the majority of the shingles, set
/// only where more have it than not. Of a shingle counts the first half of its MD5.</summary>
internal static class SimHash
{
    // Counts of 64 bits side by side: plane k holds bit k of each count.
    private const int Planes = 32;

    /// <summary>The hash; 0 where there are no shingles.</summary>
    public static ulong Of(ShingleList shingles)
    {
        Span<ulong> planes = stackalloc ulong[Planes];
        planes.Clear();
        Span<ulong> hashes = stackalloc ulong[Md5Lanes.Count];
        for (var first = 0; first < shingles.Count; first += Md5Lanes.Count)
        {
            var taken = Math.Min(Md5Lanes.Count, shingles.Count - first);
            Md5Lanes.Hash(shingles, first, taken, hashes);
            foreach (var hash in hashes[..taken])
            {
                Count(hash, planes);
            }
        }

        return Majority(planes, shingles.Count);
    }

    private static void Count(ulong hash, Span<ulong> planes)
    {
        for (var plane = 0; hash != 0; plane++)
        {
            var carry = planes[plane] & hash;
            planes[plane] ^= hash;
            hash = carry;
        }
    }

    private static ulong Majority(ReadOnlySpan<ulong> planes, int shingles)
    {
        var result = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            var count = 0L;
            for (var plane = 0; plane < planes.Length; plane++)
            {
                count |= (long)(planes[plane] >> bit & 1) << plane;
            }

            result |= 2 * count > shingles ? 1UL << bit : 0;
        }

        return result;
    }
}
