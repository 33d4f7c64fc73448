namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Cuts a hash of 64 bits into two blocks more than bits may differ: then two hashes that are near agree in two
/// blocks at least (Manku, Jain and Sarma, 2007).</summary>
internal static class HashBlocks
{
    private const int Bits = 64;

    /// <summary>A mask for each choice of blocks that may agree.</summary>
    public static IEnumerable<ulong> Masks(int distance)
    {
        var blocks = Math.Min(Bits, distance + 2);
        var agreeing = blocks - distance;
        return Choices(blocks, agreeing, 0).Select(choice => choice.Aggregate(0UL, (mask, block) => mask | Block(block, blocks)));
    }

    private static ulong Block(int block, int blocks)
    {
        var (start, end) = (block * Bits / blocks, (block + 1) * Bits / blocks);
        return end - start == Bits ? ulong.MaxValue : ((1UL << (end - start)) - 1) << start;
    }

    private static IEnumerable<IEnumerable<int>> Choices(int blocks, int count, int first) => count == 0
        ? [[]]
        : Enumerable.Range(first, Math.Max(0, blocks - first - count + 1)).SelectMany(block => Choices(blocks, count - 1, block + 1).Select(rest => rest.Prepend(block)));
}
