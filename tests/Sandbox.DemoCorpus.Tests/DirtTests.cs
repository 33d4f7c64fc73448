using System.Text;
using Sandbox.DemoCorpus.Chance;
using Sandbox.DemoCorpus.Dirt;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Tests;

public sealed class DirtTests
{
    public static TheoryData<string> Kinds => [.. DirtCatalogue.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_gives_the_same_text_for_the_same_seed_and_another_for_another(string name)
    {
        var first = Make(name, 1);

        Make(name, 1).ShouldBe(first);
        Make(name, 2).ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_says_what_it_did_and_never_gives_an_empty_or_broken_text(string name)
    {
        foreach (var dirty in Enumerable.Range(1, 50).SelectMany(seed => Make(name, seed)))
        {
            dirty.Note.ShouldNotBeEmpty();
            dirty.Text.Trim().ShouldNotBeEmpty();
            dirty.Text.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
        }
    }

    [Fact]
    public void Less_than_half_of_a_training_split_is_dirty() => DirtCatalogue.All.Sum(k => k.Share).ShouldBeLessThan(0.5);

    private static List<DirtyText> Make(string name, int seed)
    {
        var chance = new ChanceStream(seed, name);
        var fresh = 0;
        var material = new Material(
            () => Document(++fresh),
            [.. Enumerable.Range(1, 20).Select(Document)],
            [new Declaration("xxx", [.. Enumerable.Range(1, 12).Select(i => $"Artículo {i}")])]);
        var kind = DirtCatalogue.All.Single(k => k.Name == name);
        return [.. Enumerable.Range(0, 5).Select(_ => kind.Make(material, chance) with { Origin = null })];
    }

    private static Document Document(int part) => new("1900_nobody", part,
        [$"The quick brown foxes of the {part} States jump, however slowly. It's \"so\".", "Another paragraph follows; its words are: plain enough?"]);
}
