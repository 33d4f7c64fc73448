namespace Sandbox.Data.Sampling;

/// <summary>numpy's older generator <c>RandomState(seed)</c>: MT19937, seeded by one number (Matsumoto and Nishimura,
/// "Mersenne Twister", 1998).</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1u; i < Size; i++)
        {
            _state[i] = unchecked((1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i);
        }
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Size)
        {
            Renew();
        }

        var value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680;
        value ^= (value << 15) & 0xEFC60000;
        return value ^ (value >> 18);
    }

    /// <summary>A number from <paramref name="low"/> to below <paramref name="high"/>, as <c>randint</c> of 64-bit numbers
    /// draws it: again while the bits under the mask are too large.</summary>
    public ulong NextUInt64(ulong low, ulong high)
    {
        var width = high - 1 - low;
        var mask = width == 0 ? 0 : ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(width);
        ulong value;
        do
        {
            value = ((ulong)NextUInt32() << 32 | NextUInt32()) & mask;
        }
        while (value > width);

        return low + value;
    }

    private void Renew()
    {
        for (var i = 0; i < Size; i++)
        {
            var mixed = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Size] ^ (mixed >> 1) ^ ((mixed & 1) == 0 ? 0 : 0x9908B0DF);
        }

        _next = 0;
    }
}
