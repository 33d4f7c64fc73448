using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Sandbox.Data.Sampling;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Signatures by MinHash (Broder, 1997), the numbers of upstream: shingles by the first 32 bits of SHA-1, permuted
/// by (a·h + b) mod (2^61 − 1), where the product wraps at 64 bits, of which the low 32 bits are compared.</summary>
internal sealed class MinHash
{
    private const ulong Prime = (1UL << 61) - 1;
    private const uint Seed = 42;
    private readonly ulong[] _factors;
    private readonly ulong[] _terms;

    /// <summary>Signatures of so many numbers; drawn for <paramref name="permutations"/>, of which the first are used.</summary>
    public MinHash(int permutations, int used)
    {
        // Lanes of a vector that are too many repeat the first numbers.
        Length = used;
        var lanes = (used + Vector<ulong>.Count - 1) / Vector<ulong>.Count * Vector<ulong>.Count;
        (_factors, _terms) = (new ulong[lanes], new ulong[lanes]);
        var random = new MersenneTwister(Seed);
        for (var i = 0; i < Math.Min(permutations, used); i++)
        {
            _factors[i] = random.NextUInt64(1, Prime);
            _terms[i] = random.NextUInt64(0, Prime);
        }
    }

    /// <summary>Numbers of a signature.</summary>
    public int Length { get; }

    /// <summary>The factor and the term of a permutation.</summary>
    public (ulong Factor, ulong Term) this[int permutation] => (_factors[permutation], _terms[permutation]);

    /// <summary>The signature of shingles; null where there is none.</summary>
    public uint[]? Sign(ShingleList shingles)
    {
        if (shingles.Count == 0)
        {
            return null;
        }

        Span<ulong> lowest = stackalloc ulong[_factors.Length];
        lowest.Fill(uint.MaxValue);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        for (var i = 0; i < shingles.Count; i++)
        {
            HashShingle(shingles[i], digest);
            Lower(BinaryPrimitives.ReadUInt32LittleEndian(digest), lowest);
        }

        var signature = new uint[Length];
        for (var i = 0; i < signature.Length; i++)
        {
            signature[i] = (uint)lowest[i];
        }

        return signature;
    }

    // SHA-1 is upstream's choice; nothing secret depends on it.
#pragma warning disable CA5350
    private static void HashShingle(ReadOnlySpan<byte> shingle, Span<byte> digest) => SHA1.HashData(shingle, digest);
#pragma warning restore CA5350

    private void Lower(ulong hash, Span<ulong> lowest)
    {
        var (prime, low, factor) = (new Vector<ulong>(Prime), new Vector<ulong>(uint.MaxValue), new Vector<ulong>(hash));
        for (var at = 0; at < lowest.Length; at += Vector<ulong>.Count)
        {
            var value = (new Vector<ulong>(_factors.AsSpan(at)) * factor) + new Vector<ulong>(_terms.AsSpan(at));
            value = (value & prime) + Vector.ShiftRightLogical(value, 61);
            value -= Vector.GreaterThanOrEqual(value, prime) & prime;
            Vector.Min(value & low, new Vector<ulong>(lowest[at..])).CopyTo(lowest[at..]);
        }
    }
}
