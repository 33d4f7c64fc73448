using Sandbox.DemoCorpus.Dirt;

namespace Sandbox.DemoCorpus.Tests;

public sealed class ShippedCorpusTests
{
    [Fact]
    public void Shipped_files_have_the_hashes_that_are_listed()
    {
        var sums = DataCard.Sums(Shipped.Listed().Select(path => (path, Shipped.Bytes(path))));

        File.ReadAllText(Path.Combine(Shipped.Corpus, "SHA256SUMS")).ShouldBe(sums);
    }

    [Fact]
    public void Every_shipped_data_file_is_listed()
    {
        var files = Directory.EnumerateFiles(Shipped.Corpus, "*.jsonl", SearchOption.AllDirectories)
            .Append(Path.Combine(Shipped.Corpus, "vocabulary.txt"))
            .Select(f => Path.GetRelativePath(Shipped.Corpus, f).Replace('\\', '/'));

        files.ShouldBe(Shipped.Listed(), ignoreOrder: true);
    }

    [PackagesFact]
    public void Regenerating_gives_identical_bytes()
    {
        var made = CorpusFiles.Make(PackagesFactAttribute.Directory!).ToList();

        made.Select(f => f.Path).ShouldBe(Shipped.Listed());
        foreach (var (path, content) in made)
        {
            content.AsSpan().SequenceEqual(Shipped.Bytes(path)).ShouldBeTrue(path);
        }
    }

    [Fact]
    public void Data_card_tells_the_counts_of_the_shipped_files()
    {
        var counts = DataCard.Counts(Shipped.Listed().Select(path => (path, Shipped.Bytes(path))));

        File.ReadAllText(Path.Combine(Shipped.Corpus, "README.md")).ShouldContain(counts);
    }

    [Fact]
    public void Every_seed_has_at_least_2000_training_rows_of_every_kind()
    {
        foreach (var seed in CorpusFiles.Seeds)
        {
            var rows = Shipped.Rows($"seed-{seed}/train.jsonl");

            rows.Count.ShouldBeGreaterThanOrEqualTo(2000);
            rows.Select(r => r.Meta.Dirt).Distinct(StringComparer.Ordinal)
                .ShouldBe([.. DirtCatalogue.All.Select(k => k.Name), ""], ignoreOrder: true);
            rows.Where(r => r.Meta.Dirt.Length > 0).ShouldAllBe(r => r.Meta.Note.Length > 0);
        }
    }

    [Fact]
    public void Held_out_splits_are_clean()
    {
        var heldOut = Shipped.Variants.Select(v => $"{v}/tune.jsonl").Concat(CorpusFiles.Seeds.Select(s => $"seed-{s}/test.jsonl"));

        heldOut.SelectMany(Shipped.Rows).ShouldAllBe(r => r.Meta.Dirt.Length == 0 && r.Meta.Address.Length > 0);
    }

    [Fact]
    public void Ids_are_unique()
    {
        foreach (var variant in Shipped.Variants)
        {
            var rows = Shipped.Rows($"{variant}/train.jsonl").Concat(Shipped.Rows($"{variant}/tune.jsonl")).ToList();

            rows.DistinctBy(r => r.Id, StringComparer.Ordinal).Count().ShouldBe(rows.Count);
        }
    }

    [Fact]
    public void No_seed_trains_on_an_address_that_it_tunes_or_tests_on()
    {
        foreach (var seed in CorpusFiles.Seeds)
        {
            var train = Addresses($"seed-{seed}/train.jsonl");

            train.Overlaps(Addresses($"seed-{seed}/tune.jsonl")).ShouldBeFalse();
            train.Overlaps(Addresses($"seed-{seed}/test.jsonl")).ShouldBeFalse();
        }
    }

    [Fact]
    public void No_seed_tunes_on_an_address_that_any_seed_tests_on()
    {
        var tuned = Shipped.Variants.SelectMany(v => Addresses($"{v}/tune.jsonl")).ToHashSet(StringComparer.Ordinal);
        var tested = CorpusFiles.Seeds.SelectMany(s => Addresses($"seed-{s}/test.jsonl")).ToHashSet(StringComparer.Ordinal);

        tuned.Overlaps(tested).ShouldBeFalse();
    }

    [Fact]
    public void Vocabulary_holds_each_word_once()
    {
        var words = File.ReadAllLines(Path.Combine(Shipped.Corpus, "vocabulary.txt"));

        words.ShouldBe(words.Distinct(StringComparer.Ordinal));
        words.ShouldAllBe(w => w.Length > 0 && !w.Any(char.IsWhiteSpace));
    }

    private static HashSet<string> Addresses(string path) =>
        Shipped.Rows(path).Select(r => r.Meta.Address).Where(a => a.Length > 0).ToHashSet(StringComparer.Ordinal);
}
