namespace Sandbox.Data.FastText;

/// <summary>The rows of hashed n-grams. A compressed model keeps few of them: a bit tells most n-grams that they have
/// none, before the larger table is asked.</summary>
internal sealed class PrunedBuckets
{
    private readonly ulong[]? _kept;
    private readonly int[]? _rows;

    private readonly uint _count;
    private readonly ulong _reciprocal;

    private PrunedBuckets(int rows, int count, ulong[]? kept, int[]? table)
    {
        (Rows, _count, _kept, _rows) = (rows, (uint)count, kept, table);
        _reciprocal = count == 0 ? 0 : (ulong.MaxValue / (uint)count) + 1;
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>Whether n-grams have no rows at all.</summary>
    public bool AreNone => Rows == 0;

    /// <summary>Reads which buckets were kept.</summary>
    /// <param name="reader">The file, after the words.</param>
    /// <param name="pruned">Rows kept; -1 where all are.</param>
    /// <param name="buckets">Rows before.</param>
    public static PrunedBuckets Read(BinaryReader reader, long pruned, int buckets)
    {
        if (pruned < 0)
        {
            return new PrunedBuckets(buckets, buckets, null, null);
        }

        if (pruned > buckets)
        {
            throw new InvalidDataException("it keeps more n-grams than it has.");
        }

        var (kept, rows) = (new ulong[(buckets / 64) + 1], new int[buckets]);
        for (var i = 0; i < pruned; i++)
        {
            var (bucket, row) = (reader.ReadInt32(), reader.ReadInt32());
            if (bucket < 0 || bucket >= buckets || row < 0 || row >= pruned)
            {
                throw new InvalidDataException("an n-gram lies outside its table.");
            }

            kept[bucket >> 6] |= 1UL << (bucket & 63);
            rows[bucket] = row;
        }

        return new PrunedBuckets((int)pruned, buckets, kept, rows);
    }

    /// <summary>The bucket of a hash: the remainder by their number, by two multiplications instead of a division (Lemire,
    /// Kaser and Kurz, "Faster remainder by direct computation", 2019).</summary>
    public uint Of(uint hash) => (uint)Math.BigMul(unchecked(_reciprocal * hash), _count, out _);

    /// <summary>The row of a bucket, or -1.</summary>
    public int Row(uint bucket)
    {
        if (Rows == 0)
        {
            return -1;
        }

        if (_kept is null)
        {
            return (int)bucket;
        }

        return (_kept[bucket >> 6] >> (int)(bucket & 63) & 1) == 0 ? -1 : _rows![bucket];
    }
}
