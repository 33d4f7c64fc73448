using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Data.LanguageModels;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Data.Tests.LanguageModels;

public sealed class ReferenceConformanceTests
{
    private const string Folder = "upstream-runs/ngram";

    [ReferenceFact(Folder)]
    public async Task Every_probability_and_backoff_equals_the_independent_model()
    {
        using var training = new Training();
        var arpa = await training.ArpaAsync(Lines("train.txt"), new NgramTrainerOptions { Order = 3 });
        var ours = Parse(arpa.Split('\n'));
        var theirs = Parse(Lines("order3.arpa"));
        ours.Keys.Order(StringComparer.Ordinal).ShouldBe(theirs.Keys.Order(StringComparer.Ordinal));
        foreach (var (gram, (probability, backoff)) in theirs)
        {
            ours[gram].Log10.ShouldBe(probability, 1e-6, gram);
            ours[gram].Backoff.ShouldBe(backoff, 1e-6, gram);
        }

        training.Fallbacks.ShouldBeEmpty();
    }

    [ReferenceTheory(Folder)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Scores_equal_those_of_KenLM(int order)
    {
        using var training = new Training();
        var model = await training.ModelAsync(Lines("train.txt"), new NgramTrainerOptions { Order = order });
        CompareScores(model, order);
    }

    [ReferenceFact(Folder)]
    public void A_model_of_another_program_scores_as_in_KenLM() =>
        CompareScores(NgramModel.Load(Reference.Find(Folder + "/order3.arpa")!), 3);

    [ReferenceFact(Folder)]
    public async Task The_last_loss_is_that_of_the_finished_model()
    {
        using var training = new Training();
        var model = training.Load(
            await training.ArpaAsync(Lines("train.txt"), new NgramTrainerOptions { Order = 3 }, Lines("test.txt")));
        var score = Lines("test.txt").Aggregate(default(SentenceScore), (sum, line) => sum + model.Score(line));
        training.Losses.Select(l => l.Percent).ShouldBe(Enumerable.Range(1, 10).Select(i => i * 10));
        Math.Exp(training.Losses[^1].Loss).ShouldBe(score.Perplexity, 1e-4);
        training.Losses[0].Loss.ShouldBeGreaterThan(training.Losses[^1].Loss);
    }

    [ReferenceFact(Folder)]
    public async Task Each_loss_is_that_of_a_model_trained_on_the_first_tenths()
    {
        using var training = new Training();
        var texts = Lines("train.txt");
        await training.ArpaAsync(texts, new NgramTrainerOptions { Order = 3 }, Lines("test.txt"));
        foreach (var (percent, tokens, loss) in training.Losses.Where(l => l.Percent is 10 or 50))
        {
            using var part = new Training();
            var model = await part.ModelAsync(texts.Take(texts.Length * percent / 100), new NgramTrainerOptions { Order = 3 });
            var score = Lines("test.txt").Aggregate(default(SentenceScore), (sum, line) => sum + model.Score(line));
            Math.Exp(loss).ShouldBe(score.Perplexity, score.Perplexity * 1e-6);
            tokens.ShouldBe(part.Summary!.Tokens);
        }
    }

    private static void CompareScores(NgramModel model, int order)
    {
        var expected = JsonNode.Parse(File.ReadAllText(Reference.Find(Folder + "/scores.json")!))![$"order{order}"]!;
        var sum = default(SentenceScore);
        foreach (var (line, log10) in Lines("test.txt").Zip(expected["sentences"]!.AsArray()))
        {
            var score = model.Score(line);
            // One unit in the last place of a 32-bit sum above 128 is 1.5e-5.
            score.Log10.ShouldBe(log10!.GetValue<double>(), score.Log10 < -128 ? 2e-5 : 1e-5);
            sum += score;
        }

        sum.Tokens.ShouldBe(expected["tokens"]!.GetValue<long>());
        sum.Perplexity.ShouldBe(expected["perplexity"]!.GetValue<double>(), 1e-5);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Reference.Find($"{Folder}/{file}")!);

    private static Dictionary<string, (double Log10, double Backoff)> Parse(IEnumerable<string> lines) =>
        lines.Select(l => l.Split('\t')).Where(f => f.Length >= 2).ToDictionary(
            f => f[1],
            f => (Number(f[0]), f.Length > 2 ? Number(f[2]) : 0),
            StringComparer.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
