namespace Sandbox.Data.Sampling;

/// <summary>numpy's way from a seed to the state of a generator: a hash into a pool of four words, and out again.</summary>
internal static class SeedSequence
{
    private const int PoolSize = 4;
    private const int Shift = 16;

    public static ulong[] Generate(ulong seed, int count)
    {
        var pool = Mix(seed);
        var words = new uint[count * 2];
        var hash = 0x8b51f9ddu;
        for (var i = 0; i < words.Length; i++)
        {
            var value = pool[i % PoolSize] ^ hash;
            hash *= 0x58f38dedu;
            value *= hash;
            words[i] = value ^ (value >> Shift);
        }

        return [.. Enumerable.Range(0, count).Select(i => words[2 * i] | ((ulong)words[(2 * i) + 1] << 32))];
    }

    private static uint[] Mix(ulong seed)
    {
        var entropy = new[] { (uint)seed, (uint)(seed >> 32) };
        var pool = new uint[PoolSize];
        var hash = 0x43b0d7e5u;
        for (var i = 0; i < PoolSize; i++)
        {
            pool[i] = Hash(i < entropy.Length ? entropy[i] : 0, ref hash);
        }

        for (var source = 0; source < PoolSize; source++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                if (source != target)
                {
                    pool[target] = Join(pool[target], Hash(pool[source], ref hash));
                }
            }
        }

        return pool;
    }

    private static uint Hash(uint value, ref uint hash)
    {
        value ^= hash;
        hash *= 0x931e8875u;
        value *= hash;
        return value ^ (value >> Shift);
    }

    private static uint Join(uint x, uint y)
    {
        var result = (x * 0xca01f9ddu) - (y * 0x4973f715u);
        return result ^ (result >> Shift);
    }
}
