namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>The generator behind <c>numpy.random.seed</c>: MT19937 (Matsumoto and Nishimura, 1998), and its permutation.</summary>
internal sealed class LegacyNumpyRandom
{
    private const int Size = 624;
    private const int Shift = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public LegacyNumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++)
        {
            _state[i] = unchecked((1812433253U * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i);
        }
    }

    /// <summary>The numbers 0 … n − 1 shuffled.</summary>
    public int[] Permutation(int n)
    {
        var order = Enumerable.Range(0, n).ToArray();
        for (var i = n - 1; i > 0; i--)
        {
            var j = (int)UpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private uint UpTo(uint largest)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(largest);
        uint value;
        do
        {
            value = Next() & mask;
        }
        while (value > largest);
        return value;
    }

    private uint Next()
    {
        if (_next == Size)
        {
            Refill();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680U;
        y ^= (y << 15) & 0xEFC60000U;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000U) | (_state[(i + 1) % Size] & 0x7FFFFFFFU);
            _state[i] = _state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0U : 0x9908B0DFU);
        }

        _next = 0;
    }
}
