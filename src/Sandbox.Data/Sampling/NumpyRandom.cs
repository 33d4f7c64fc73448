using System.Numerics;

namespace Sandbox.Data.Sampling;

/// <summary>numpy's <c>default_rng(seed)</c>: a PCG64 generator seeded by a <c>SeedSequence</c>. Same numbers as numpy.</summary>
/// <remarks>PCG XSL RR 128/64 after M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
/// Algorithms for Random Number Generation" (2014); seeding after numpy's documentation of <c>SeedSequence</c>.</remarks>
public sealed class NumpyRandom
{
    private static readonly UInt128 Multiplier = new(2549297995355413924UL, 4865540595714422341UL);
    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint _half;
    private bool _hasHalf;

    /// <summary>A generator with a seed of 0 or more.</summary>
    public NumpyRandom(long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        var words = SeedSequence.Generate((ulong)seed, 4);
        _increment = (new UInt128(words[2], words[3]) << 1) | UInt128.One;
        Step();
        _state += new UInt128(words[0], words[1]);
        Step();
    }

    /// <summary>The numbers 0 … n − 1 in random order, as numpy's <c>permutation(n)</c>.</summary>
    public int[] Permutation(int n)
    {
        var items = new int[n];
        for (var i = 0; i < n; i++)
        {
            items[i] = i;
        }

        for (var i = n - 1; i > 0; i--)
        {
            var j = (int)Interval((ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }

        return items;
    }

    /// <summary>A number of 0 or more and below 1, as numpy's <c>random()</c>.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        Step();
        return BitOperations.RotateRight((ulong)(_state >> 64) ^ (ulong)_state, (int)(_state >> 122));
    }

    // A number from 0 to the largest, by drawing again whatever is above it under its bit mask.
    private ulong Interval(ulong largest)
    {
        var mask = BitOperations.RoundUpToPowerOf2(largest + 1) - 1;
        ulong value;
        do
        {
            value = (largest <= uint.MaxValue ? NextUInt32() : NextUInt64()) & mask;
        }
        while (value > largest);

        return value;
    }

    // Of 64 bits the low half is used first, the other is kept for the next call.
    private uint NextUInt32()
    {
        if (_hasHalf)
        {
            _hasHalf = false;
            return _half;
        }

        var value = NextUInt64();
        (_half, _hasHalf) = ((uint)(value >> 32), true);
        return (uint)value;
    }

    private void Step() => _state = (_state * Multiplier) + _increment;
}
