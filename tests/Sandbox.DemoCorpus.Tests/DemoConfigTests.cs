using System.Text.RegularExpressions;

namespace Sandbox.DemoCorpus.Tests;

public sealed class DemoConfigTests
{
    private const string Verdict = "\n  # The verdict over the five seeds";

    [Fact]
    public void The_verdict_takes_every_figure_of_every_seed_in_order()
    {
        var verdict = File.ReadAllText(Path.Combine(Shipped.Demo, "sandbox.yaml")).Split(Verdict)[1];

        foreach (var (split, group, seed) in from split in (string[])["tune", "test"]
                 from @group in (string[])["refined", "raw", "subset"]
                 from seed in CorpusFiles.Seeds
                 select (split, @group, seed))
        {
            verdict.ShouldContain(FormattableString.Invariant(
                $"extra_configs.groups.{group}.{seed - 1}: 'seed_{seed}.{split}_{group}_{seed}.perplexity'"));
        }
    }

    [Fact]
    public void The_five_pipelines_differ_in_nothing_but_the_seed()
    {
        var pipelines = Pipelines();

        pipelines.Length.ShouldBe(CorpusFiles.Seeds.Count);
        foreach (var (pipeline, seed) in pipelines.Zip(CorpusFiles.Seeds))
        {
            OfSeed(pipelines[0], seed).ShouldBe(pipeline.Trim());
        }
    }

    [Fact]
    public void Every_model_reads_the_test_split_once_and_after_everything_else()
    {
        foreach (var pipeline in Pipelines())
        {
            var reads = Regex.Matches(pipeline, @"corpus/seed-\d/(?<split>\w+)\.jsonl", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
                .Select(m => m.Groups["split"].Value).ToList();

            reads.Count(r => r == "test").ShouldBe(3);
            reads.TakeLast(3).ShouldAllBe(r => r == "test");
        }
    }

    [Theory]
    [InlineData("sandbox.yaml")]
    [InlineData("quick.yaml")]
    [InlineData("recipe.yaml")]
    [InlineData("process.yaml")]
    public void Corpus_files_that_a_config_names_are_shipped(string config)
    {
        var text = File.ReadAllText(Path.Combine(Shipped.Demo, config));

        foreach (Match match in Regex.Matches(text, @"configs/demo/(?<file>[\w./-]+\.(?:jsonl|txt))", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
        {
            File.Exists(Path.Combine(Shipped.Demo, match.Groups["file"].Value)).ShouldBeTrue(match.Value);
        }
    }

    [Fact]
    public void The_plain_recipe_has_the_operators_of_the_demo() =>
        Operators("process.yaml").ShouldBe(Operators("recipe.yaml"));

    private static string[] Pipelines() =>
        File.ReadAllText(Path.Combine(Shipped.Demo, "sandbox.yaml")).Split(Verdict)[0].Split("\n  - seed_")[1..];

    private static string OfSeed(string first, int seed) => Regex.Replace(
        first, @"^1(?=:)|(?<=seed[-_]|shuffle_seed: |(?<!iter)_)1\b", FormattableString.Invariant($"{seed}"), RegexOptions.None, TimeSpan.FromSeconds(10)).Trim();

    private static string Operators(string recipe)
    {
        var text = File.ReadAllText(Path.Combine(Shipped.Demo, recipe));
        return text[text.IndexOf("\nprocess:", StringComparison.Ordinal)..];
    }
}
