using Sandbox.DemoCorpus.Source;
using Sandbox.DemoCorpus.Variants;

namespace Sandbox.DemoCorpus.Tests;

public sealed class DealTests
{
    private static readonly IReadOnlyList<Address> Addresses =
        [.. Enumerable.Range(1, 47).Select(i => new Address(FormattableString.Invariant($"{1800 + i}"), []))];

    [Fact]
    public void Every_address_stands_in_exactly_one_split()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var split = new Deal(Addresses).For(seed);

            split.Train.Concat(split.Tune).Concat(split.Test).ShouldBe(Addresses, ignoreOrder: true);
        }
    }

    [Fact]
    public void Every_full_block_of_neighbours_gives_one_address_to_tune_and_one_to_test_on()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var split = new Deal(Addresses).For(seed);

            split.Tune.Select(Block).ShouldBe([0, 1, 2, 3]);
            split.Test.Select(Block).ShouldBe([0, 1, 2, 3]);
        }

        static int Block(Address address) => Addresses.ToList().IndexOf(address) / 10;
    }

    [Fact]
    public void What_the_vocabulary_is_made_of_is_trained_on_by_every_seed()
    {
        var deal = new Deal(Addresses);

        for (var seed = 1; seed <= 20; seed++)
        {
            deal.AlwaysTraining.Except(deal.For(seed).Train).ShouldBeEmpty();
        }
    }
}
