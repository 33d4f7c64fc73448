namespace Sandbox.Optimization.Space;

/// <summary>Random numbers that are the same on every machine and in every version: SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014). A trial's numbers follow from the seed and its number alone, so
/// that a sweep that was killed goes on with the same trials.</summary>
internal sealed class SeededRandom
{
    private ulong _state;

    public SeededRandom(long seed, long stream)
    {
        _state = (ulong)seed;
        _state = Next64() ^ ((ulong)stream * 0x9E3779B97F4A7C15UL);
        Next64();
    }

    /// <summary>A number in [0, 1).</summary>
    public double Next() => (Next64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number below a limit.</summary>
    public int Next(int limit) => (int)(Next() * limit);

    /// <summary>A normal number of mean 0 and deviation 1 (Box and Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>Numbers in [0, 1).</summary>
    public double[] Take(int count)
    {
        var result = new double[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = Next();
        }

        return result;
    }

    private ulong Next64()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
