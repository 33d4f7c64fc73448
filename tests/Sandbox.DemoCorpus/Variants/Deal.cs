using Sandbox.DemoCorpus.Chance;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Variants;

/// <summary>Who may learn from which address. Language changes over 230 years, so the addresses are dealt in blocks of
/// ten neighbours in time, and every split gets the same share of every age. The pools are the same for every seed: an
/// address of the test pool is never tuned on, and the vocabulary is made of addresses that no seed tests or tunes on.</summary>
internal sealed class Deal
{
    private const int BlockSize = 10;
    private const int TestPoolPerBlock = 3;
    private const int TunePoolPerBlock = 2;
    private const string Purpose = "deal";

    private readonly List<Address[]> _testPool = [];
    private readonly List<Address[]> _tunePool = [];
    private readonly IReadOnlyList<Address> _all;

    public Deal(IReadOnlyList<Address> addresses)
    {
        _all = addresses;
        var chance = new ChanceStream(0, Purpose);
        var always = new List<Address>();
        foreach (var block in addresses.Chunk(BlockSize))
        {
            var dealt = chance.Shuffle(block);
            // The rest of the last block is too small to give something to each split.
            var pooled = block.Length == BlockSize ? TestPoolPerBlock + TunePoolPerBlock : 0;
            if (pooled > 0)
            {
                _testPool.Add(dealt[..TestPoolPerBlock]);
                _tunePool.Add(dealt[TestPoolPerBlock..pooled]);
            }

            always.AddRange(dealt[pooled..]);
        }

        AlwaysTraining = [.. always.OrderBy(a => a.Name, StringComparer.Ordinal)];
    }

    /// <summary>The addresses that every seed trains on, in the order of time.</summary>
    public IReadOnlyList<Address> AlwaysTraining { get; }

    /// <summary>The splits of one seed: an address of every block to test on, one to tune on, the rest for training.</summary>
    public Split For(int seed)
    {
        var chance = new ChanceStream(seed, Purpose);
        var test = _testPool.Select(chance.Pick).ToList();
        var tune = _tunePool.Select(chance.Pick).ToList();
        return new Split([.. _all.Except(test).Except(tune)], tune, test);
    }
}

/// <summary>The addresses of one seed; no address stands in two lists.</summary>
internal sealed record Split(IReadOnlyList<Address> Train, IReadOnlyList<Address> Tune, IReadOnlyList<Address> Test);
