using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Tests;

public sealed class SourceTests
{
    [Theory]
    [InlineData("It is so. We go on.", new[] { "It is so.", "We go on." })]
    [InlineData("Mr. Speaker of the U.S. Congress, welcome! \"Thank you,\" he said.", new[] { "Mr. Speaker of the U.S. Congress, welcome!", "\"Thank you,\" he said." })]
    [InlineData("no end", new[] { "no end" })]
    public void Sentences_end_at_marks_but_not_at_abbreviations(string text, string[] sentences) =>
        SentenceCutter.Cut(text.Split(' ')).ShouldBe(sentences);

    [Fact]
    public void Documents_keep_every_sentence_in_order_but_a_short_rest()
    {
        var sentences = Enumerable.Range(1, 40).Select(i => $"Sentence {i} is {new string('x', 50)} long.").ToList();

        var documents = DocumentCutter.Cut("a", sentences);

        var kept = string.Join(' ', documents.SelectMany(d => d.Paragraphs));
        string.Join(' ', sentences).ShouldStartWith(kept);
        documents.Select(d => d.Part).ShouldBe(Enumerable.Range(1, documents.Count));
        documents.ShouldAllBe(d => d.Text.Length >= 450);
    }
}
