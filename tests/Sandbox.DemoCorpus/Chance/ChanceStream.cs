using System.Text;

namespace Sandbox.DemoCorpus.Chance;

/// <summary>Seeded chance that stays the same on every machine and runtime (SplitMix64, Steele et al. 2014), which
/// <see cref="Random"/> does not promise. Every purpose draws from a named stream of its own, so that a change to one
/// kind of dirt leaves the others as they were.</summary>
internal sealed class ChanceStream
{
    private ulong _state;

    public ChanceStream(int seed, string purpose)
    {
        // FNV-1a over the purpose; its value is mixed again by every draw.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes($"{seed}/{purpose}"))
        {
            hash = unchecked((hash ^ b) * 1099511628211UL);
        }

        _state = hash;
    }

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Draw(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>A fraction from 0 up to, not including, 1.</summary>
    public double Fraction() => (Draw() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Hits(double probability) => Fraction() < probability;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>A shuffled copy (Fisher–Yates).</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var copy = items.ToArray();
        for (var i = copy.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (copy[i], copy[j]) = (copy[j], copy[i]);
        }

        return copy;
    }

    private ulong Draw()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
