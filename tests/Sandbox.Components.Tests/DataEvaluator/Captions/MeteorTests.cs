using System.Text.Json.Nodes;
using Sandbox.Components.DataEvaluator.Captions.Meteor;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator.Captions;

public sealed class MeteorTests
{
    private const string WordNet = "/usr/share/wordnet";

    [ReferenceFact(CaptionReference.Folder)]
    public void The_formula_gives_the_originals_score_from_its_statistics()
    {
        var details = CaptionReference.Read("meteor-details.json");
        var scores = CaptionReference.Read("scores.json");
        CheckFormula(details["statistics"]!, i => (double)scores["images"]![i]!["METEOR"]!, (double)scores["corpus"]!["METEOR"]!);
        foreach (var (_, fewer) in details["fewer_modules"]!.AsObject())
        {
            CheckFormula(fewer!["statistics"]!, i => (double)fewer["images"]![i]!, (double)fewer["corpus"]!);
        }
    }

    [ReferenceFact(CaptionReference.Folder)]
    public void Texts_are_cut_into_the_originals_words()
    {
        var alignments = CaptionReference.Read("meteor-alignments.json");
        var normalised = alignments["normalised"]!.AsArray();
        normalised.Where(n => string.Join(' ', MeteorWords.Of((string)n!["text"]!)) != (string)n["words"]!)
            .Select(n => $"{string.Join(' ', MeteorWords.Of((string)n!["text"]!))} | {n["words"]}").ShouldBeEmpty();

        var tokenised = CaptionReference.Read("tokenised.json");
        foreach (var (image, pairs) in alignments["images"]!.AsObject())
        {
            var references = tokenised["references"]![image]!.AsArray();
            references.Select(r => string.Join(' ', MeteorWords.Of((string)r!))).ShouldBe(pairs!.AsArray().Select(p => (string)p!["reference"]!));
        }
    }

    [ReferenceFact(CaptionReference.Folder)]
    public void From_the_originals_words_exact_and_stem_find_the_matches_that_the_original_finds()
    {
        var details = CaptionReference.Read("meteor-details.json");
        foreach (var (name, scorer) in new[] { ("exact", new MeteorScorer(null, withStems: false)), ("exact stem", new MeteorScorer(null)) })
        {
            CheckCorpus(scorer, details["fewer_modules"]![name]!, 0.01);
        }
    }

    [ReferenceFact(CaptionReference.Folder)]
    public void With_wordnet_synonyms_are_found_to_a_hundredth_of_the_corpus_score()
    {
        var words = Pairs().SelectMany(p => p.Value.SelectMany(r => r.Append("")).SelectMany(t => t.Split(' '))).ToHashSet();
        words.UnionWith(CaptionReference.Read("meteor-alignments.json")["images"]!.AsObject().SelectMany(i => ((string)i.Value![0]!["candidate"]!).Split(' ')));
        var synonyms = WordNetSynonyms.Load(WordNet, words, CancellationToken.None).ShouldNotBeNull("install wordnet-base");

        CheckCorpus(new MeteorScorer(synonyms), CaptionReference.Read("meteor-details.json")["fewer_modules"]!["exact stem synonym"]!, 0.01);
    }

    [Fact]
    public void Wordnet_knows_irregular_forms_and_no_hypernyms()
    {
        string[] words = ["sofa", "couch", "bikes", "bicycles", "rode", "ride", "oxen", "ox", "two", "2", "living", "is", "dog", "canine", "puppy", "road", "street"];
        var synonyms = WordNetSynonyms.Load(WordNet, words, CancellationToken.None).ShouldNotBeNull("install wordnet-base");

        foreach (var (a, b) in new[] { ("sofa", "couch"), ("bikes", "bicycles"), ("rode", "ride"), ("oxen", "ox"), ("two", "2"), ("living", "is") })
        {
            synonyms.Share(a, b).ShouldBeTrue($"{a}/{b}");
        }

        synonyms.Share("dog", "canine").ShouldBeFalse();
        synonyms.Share("dog", "puppy").ShouldBeFalse();
        synonyms.Share("road", "street").ShouldBeFalse();
    }

    [Theory]
    [InlineData("lying", "lie")]
    [InlineData("lies", "lie")]
    [InlineData("consistency", "consist")]
    [InlineData("generously", "generous")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("knightly", "knight")]
    [InlineData("national", "nation")]
    [InlineData("relational", "relat")]
    [InlineData("controlled", "control")]
    [InlineData("cries", "cri")]
    [InlineData("ties", "tie")]
    [InlineData("by", "by")]
    [InlineData("youth", "youth")]
    [InlineData("succeed", "succeed")]
    [InlineData("internationalization", "internation")]
    [InlineData("jalapeños", "jalapeño")]
    public void Words_have_snowballs_stems(string word, string stem) => EnglishStemmer.Stem(word).ShouldBe(stem);

    private static void CheckFormula(JsonNode statistics, Func<string, double> score, double corpus)
    {
        var sum = MeteorStatistics.None;
        foreach (var (image, line) in statistics.AsObject())
        {
            var parsed = MeteorStatistics.Parse((string)line!);
            parsed.Score.ShouldBe(score(image), 1e-9);
            sum = sum.Plus(parsed);
        }

        sum.Score.ShouldBe(corpus, 1e-9);
    }

    private static void CheckCorpus(MeteorScorer scorer, JsonNode expected, double tolerance)
    {
        var (sum, same) = (MeteorStatistics.None, 0);
        var candidates = CaptionReference.Read("meteor-alignments.json")["images"]!.AsObject().ToDictionary(i => i.Key, i => i.Value!.AsArray());
        foreach (var (image, score) in expected["images"]!.AsObject())
        {
            var best = candidates[image].Count == 0
                ? MeteorStatistics.None
                : candidates[image].Select(p => scorer.Compare(Words(p!["candidate"]!), Words(p["reference"]!))).MaxBy(s => s.Score)!;
            same += Math.Abs(best.Score - (double)score!) < 1e-6 ? 1 : 0;
            sum = sum.Plus(best);
        }

        sum.Score.ShouldBe((double)expected["corpus"]!, tolerance);
        same.ShouldBeGreaterThan(40, "images whose score is the original's");
    }

    private static string[] Words(JsonNode text) => ((string)text!).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, List<string[]>> Pairs() =>
        CaptionReference.Read("meteor-alignments.json")["images"]!.AsObject()
            .ToDictionary(i => i.Key, i => i.Value!.AsArray().Select(p => new[] { (string)p!["reference"]! }).ToList());
}
