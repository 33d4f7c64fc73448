using System.Globalization;
using Sandbox.Core.Faults;
using Sandbox.Data.LanguageModels;
using Shouldly;

namespace Sandbox.Data.Tests.LanguageModels;

public sealed class TrainerTests
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 60).Select(i => $"w{i}")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_model_is_the_same_whatever_the_memory(int order)
    {
        using var small = new Training();
        using var large = new Training();
        var texts = RandomTexts(seed: 7, sentences: 400);
        var options = new NgramTrainerOptions { Order = order };
        var spilled = await small.ArpaAsync(texts, options with { MemoryBytes = 1 }, texts.Take(20));
        var inMemory = await large.ArpaAsync(texts, options, texts.Take(20));
        spilled.ShouldBe(inMemory);
        small.Losses.ShouldBe(large.Losses);
        small.ScratchFiles.ShouldBeGreaterThan(large.ScratchFiles);
        small.LeftFiles.ShouldBeEmpty();
        large.LeftFiles.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_model_does_not_depend_on_the_order_of_the_texts()
    {
        using var training = new Training();
        var texts = RandomTexts(seed: 3, sentences: 200);
        var forward = await training.ArpaAsync(texts, new NgramTrainerOptions());
        var backward = await training.ArpaAsync(texts.Reverse(), new NgramTrainerOptions());
        backward.ShouldBe(forward);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(3, true)]
    public async Task Probabilities_after_any_context_sum_to_one(int order, bool fixedVocabulary)
    {
        using var training = new Training();
        var known = fixedVocabulary ? Words.Take(30).Append("never").ToArray() : null;
        var model = await training.ModelAsync(
            RandomTexts(seed: order, sentences: 150), new NgramTrainerOptions { Order = order, Vocabulary = known });
        var random = new Random(order);
        var vocabulary = (known ?? Words).Append("<unk>").ToArray();
        for (var trial = 0; trial < 40; trial++)
        {
            var context = string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(9) == 0 ? "oov" : Words[random.Next(60)]));
            SumAfter(model, context, vocabulary).ShouldBe(1, 1e-4, context);
        }
    }

    [Fact]
    public async Task Characters_are_counted_with_one_token_for_white_space()
    {
        using var training = new Training();
        var arpa = await training.ArpaAsync(["  ab\t \u00a0ba 😀"], new NgramTrainerOptions { Order = 2, Unit = TextUnit.Character });
        Unigrams(arpa).Order(StringComparer.Ordinal).ShouldBe(
            new[] { "<unk>", "<s>", "</s>", "<space>", "a", "b", "😀" }.Order(StringComparer.Ordinal));
        training.Summary!.Tokens.ShouldBe(8);
        var model = training.Load(arpa);
        model.GuessedUnit.ShouldBe(TextUnit.Character);
        model.Score("ab x", TextUnit.Character).ShouldSatisfyAllConditions(s => s.Tokens.ShouldBe(5), s => s.Unknown.ShouldBe(1));
    }

    [Fact]
    public async Task Characters_make_the_model_that_words_of_one_character_make()
    {
        using var training = new Training();
        var texts = RandomTexts(seed: 5, sentences: 80);
        var apart = texts.Select(t => string.Join(' ', t.Select(c => c == ' ' ? "<space>" : c.ToString(CultureInfo.InvariantCulture))));
        var characters = await training.ArpaAsync(texts, new NgramTrainerOptions { Order = 4, Unit = TextUnit.Character });
        characters.ShouldBe(await training.ArpaAsync(apart, new NgramTrainerOptions { Order = 4 }));
    }

    [Fact]
    public async Task With_a_fixed_vocabulary_other_words_are_counted_as_unknown()
    {
        using var training = new Training();
        string[] texts = [.. RandomTexts(seed: 11, sentences: 200)];
        var known = Words.Take(40).ToHashSet(StringComparer.Ordinal);
        var mapped = texts.Select(t => string.Join(' ', t.Split(' ').Select(w => known.Contains(w) ? w : "<unk>")));
        var given = await training.ArpaAsync(texts, new NgramTrainerOptions { Vocabulary = known });
        training.Summary!.Unknown.ShouldBeGreaterThan(0);
        given.ShouldBe(await training.ArpaAsync(mapped, new NgramTrainerOptions()));
    }

    [Fact]
    public async Task Words_of_a_fixed_vocabulary_that_the_data_lacks_are_known_to_the_model()
    {
        using var training = new Training();
        var model = await training.ModelAsync(
            RandomTexts(seed: 1, sentences: 50), new NgramTrainerOptions { Vocabulary = [.. Words, "zebra"] });
        model.Score("zebra").Unknown.ShouldBe(0);
        model.Score("yak").Unknown.ShouldBe(1);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a a a a")]
    [InlineData("a b\nb a\na")]
    [InlineData("x y z\nx y z\nx y z\nx y z")]
    public async Task Data_too_small_for_discounts_gets_the_fallback_and_sound_probabilities(string text)
    {
        using var training = new Training();
        var arpa = await training.ArpaAsync([text], new NgramTrainerOptions { Order = 3 }, [text]);
        training.Fallbacks.ShouldContain(3);
        arpa.ShouldNotContain("NaN");
        arpa.ShouldNotContain("∞");
        training.Losses.ShouldAllBe(l => double.IsFinite(l.Loss));
        training.Losses[^1].Percent.ShouldBe(100);
        string[] words = [.. Unigrams(arpa).Except(["<s>", "</s>"], StringComparer.Ordinal)];
        SumAfter(training.Load(arpa), "", words).ShouldBe(1, 1e-5);
        SumAfter(training.Load(arpa), words[^1], words).ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData()]
    [InlineData("")]
    [InlineData("", " \t ", "\n\r\n\u00a0")]
    public async Task Data_without_a_word_is_refused(params string[] texts)
    {
        using var training = new Training();
        var failure = await Should.ThrowAsync<JobFailedException>(() => training.ArpaAsync(texts, new NgramTrainerOptions()));
        failure.Message.ShouldContain("no word");
        training.LeftFiles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_are_sentences_and_empty_ones_are_passed_over()
    {
        using var training = new Training();
        var one = await training.ArpaAsync(["a b\r\n\r\nc a\n", "", "b"], new NgramTrainerOptions());
        training.Summary!.Sentences.ShouldBe(3);
        training.Summary.Tokens.ShouldBe(8);
        one.ShouldBe(await training.ArpaAsync(["a b", "c a", "b"], new NgramTrainerOptions()));
    }

    [Fact]
    public async Task Sentence_marks_in_a_text_count_as_white_space()
    {
        using var training = new Training();
        var arpa = await training.ArpaAsync(["a <s> b </s>", "</s>"], new NgramTrainerOptions());
        training.Summary!.SkippedMarks.ShouldBe(3);
        arpa.ShouldBe(await training.ArpaAsync(["a b"], new NgramTrainerOptions()));
    }

    [Fact]
    public async Task Fewer_sentences_than_tenths_give_a_loss_a_sentence()
    {
        using var training = new Training();
        await training.ArpaAsync(["a b", "b c", "c a"], new NgramTrainerOptions(), ["a c"]);
        training.Losses.Select(l => l.Percent).ShouldBe([30, 60, 100]);
    }

    internal static string[] RandomTexts(int seed, int sentences)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, sentences).Select(_ => string.Join(
            ' ', Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Words[(int)(60 * Math.Pow(random.NextDouble(), 3))])))];
    }

    internal static IEnumerable<string> Unigrams(string arpa) =>
        arpa.Split('\n').SkipWhile(l => l != "\\1-grams:").Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split('\t')[1]);

    private static double SumAfter(NgramModel model, string context, IEnumerable<string> words) =>
        words.Append("</s>").Distinct(StringComparer.Ordinal).Sum(w => Math.Pow(10, model.ScoreNext(context, w)));
}
