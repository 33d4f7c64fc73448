using Sandbox.DemoCorpus.Chance;
using Sandbox.DemoCorpus.Dirt;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Variants;

/// <summary>One variant of the corpus: clean splits to tune and test on, and a training split dirtied on purpose.</summary>
internal sealed record Variant(IReadOnlyList<CorpusRow> Train, IReadOnlyList<CorpusRow> Tune, IReadOnlyList<CorpusRow> Test)
{
    /// <summary>Makes the variant of a seed. The seed decides split, subset and dirt.</summary>
    public static Variant Make(int seed, VariantSize size, Split split, IReadOnlyList<Declaration> declarations) => new(
        Numbered($"{seed}-train", Dirtied(seed, size.Train, split.Train, declarations)),
        Numbered($"{seed}-tune", Clean(seed, "tune", size.Tune, split.Tune)),
        Numbered($"{seed}-test", Clean(seed, "test", size.Test, split.Test)));

    private static IEnumerable<CorpusRow> Clean(int seed, string name, int count, IReadOnlyList<Address> addresses) =>
        Evenly(addresses, new ChanceStream(seed, name)).Take(count)
            .OrderBy(d => d.Address, StringComparer.Ordinal).ThenBy(d => d.Part)
            .Select(d => CorpusRow.Of(d.Text, d, "", ""));

    private static IEnumerable<CorpusRow> Dirtied(
        int seed, int rows, IReadOnlyList<Address> addresses, IReadOnlyList<Declaration> declarations)
    {
        var counts = Counts(seed, rows);
        var supply = new Queue<Document>(Evenly(addresses, new ChanceStream(seed, "train")));
        var clean = Enumerable.Range(0, rows - counts.Values.Sum()).Select(_ => supply.Dequeue()).ToList();
        var material = new Material(supply.Dequeue, new ChanceStream(seed, "popularity").Shuffle(clean), declarations);

        var result = clean.ConvertAll(d => CorpusRow.Of(d.Text, d, "", ""));
        foreach (var kind in DirtCatalogue.All)
        {
            var chance = new ChanceStream(seed, kind.Name);
            for (var i = 0; i < counts[kind.Name]; i++)
            {
                var dirty = kind.Make(material, chance);
                result.Add(CorpusRow.Of(dirty.Text, dirty.Origin, kind.Name, dirty.Note));
            }
        }

        return new ChanceStream(seed, "order").Shuffle(result);
    }

    private static Dictionary<string, int> Counts(int seed, int rows)
    {
        var chance = new ChanceStream(seed, "counts");
        return DirtCatalogue.All.ToDictionary(
            k => k.Name,
            k => (int)Math.Round(rows * k.Share * (0.85 + (0.3 * chance.Fraction())), MidpointRounding.AwayFromZero),
            StringComparer.Ordinal);
    }

    /// <summary>The documents by turns: one of every address, then another of every address that has one left. Without
    /// it the few longest addresses would be most of the corpus.</summary>
    private static IEnumerable<Document> Evenly(IReadOnlyList<Address> addresses, ChanceStream chance)
    {
        var hands = addresses.Select(a => chance.Shuffle(a.Documents)).ToList();
        for (var turn = 0; turn < hands.Max(h => h.Length); turn++)
        {
            foreach (var hand in chance.Shuffle(hands).Where(h => turn < h.Length))
            {
                yield return hand[turn];
            }
        }
    }

    private static List<CorpusRow> Numbered(string prefix, IEnumerable<CorpusRow> rows) =>
        [.. rows.Select((row, i) => row with { Id = FormattableString.Invariant($"{prefix}-{i + 1:0000}") })];
}
