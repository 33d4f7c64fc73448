using System.Text.Json.Nodes;
using Sandbox.Components.DataEvaluator.Captions.Tokenizing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator.Captions;

public sealed class PtbTokenizerTests
{
    [ReferenceFact(CaptionReference.Folder)]
    public void Every_hard_text_is_cut_as_the_original_cuts_it()
    {
        var cases = CaptionReference.Read("tokeniser-cases.json")["cases"]!.AsArray();
        cases.Count.ShouldBeGreaterThanOrEqualTo(30);

        foreach (var one in cases)
        {
            string.Join(' ', PtbTokenizer.Tokens((string)one!["text"]!)).ShouldBe((string)one["raw"]!);
            PtbTokenizer.Words((string)one["text"]!).ShouldBe((string)one["tokenised"]!);
        }
    }

    [ReferenceFact(CaptionReference.Folder)]
    public void Every_caption_of_the_corpus_has_the_originals_words()
    {
        var expected = CaptionReference.Read("tokenised.json");
        var references = CaptionReference.Read("references.json")["annotations"]!.AsArray()
            .GroupBy(a => a!["image_id"]!.ToString()).ToDictionary(g => g.Key, g => g.Select(a => PtbTokenizer.Words((string)a!["caption"]!)));
        var candidates = JsonNode.Parse(File.ReadAllText(CaptionReference.File("candidates.json")))!.AsArray();

        foreach (var (image, captions) in expected["references"]!.AsObject())
        {
            references[image].ShouldBe(captions!.AsArray().Select(c => (string)c!));
        }

        candidates.ToDictionary(c => c!["image_id"]!.ToString(), c => PtbTokenizer.Words((string)c!["caption"]!))
            .ShouldBe(expected["candidates"]!.AsObject().ToDictionary(c => c.Key, c => (string)c.Value!), ignoreOrder: true);
    }

    [Theory]
    [InlineData("No. 7", "no. 7")]
    [InlineData("She said no.", "she said no")]
    [InlineData("A line\nfeed", "a line feed")]
    [InlineData("!!", "!!")]
    [InlineData(". , !", "")]
    [InlineData("I dunno, ma'am; 5 o'clock.", "i dunno ma'am 5 o'clock")]
    [InlineData("He's J. Smith", "he 's j. smith")]
    public void Small_cases(string text, string words) => PtbTokenizer.Words(text).ShouldBe(words);

    [Fact]
    public void Any_text_is_cut_and_cutting_again_loses_no_letter()
    {
        var random = new Random(7);
        const string Alphabet = "aZ5 .,'\"-/&;:@#$%()[]{}<>!?\u2019\u201C\u2014\u2026é½東\u00A0\uD83D\uDC36\u200D\n_+*=~|\\^`";
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var tokens = PtbTokenizer.Tokens(text);

            tokens.ShouldAllBe(t => t.Length > 0 && t.All(c => !char.IsWhiteSpace(c) || c == '\u00A0'));
            string.Concat(tokens).Count(c => c is '東' or 'é').ShouldBe(text.Count(c => c is '東' or 'é'), text);
        }
    }
}
