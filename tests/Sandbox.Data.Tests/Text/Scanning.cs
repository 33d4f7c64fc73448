using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tests.Text;

public sealed class Scanning
{
    private static readonly string[] Pieces =
    [
        "word", "a", " ", "  ", "\n", "\r\n", "\r", "\t", "\v", "\f", "\u001c", "\u001d", "\u001e", "\u001f", "\u0000", "\u007f", "\u0085",
        "\u2028", "\u2029", "\u00a0", "\u3000", "ü", "Straße", "漢字", "一", "👩‍👩‍👧", "½", "٣", "#!?", "123", "--", "\u0301", "\uFFFD", "ﬁ",
        "a sentence of plain words that is longer than a single block of sixty-four bytes, so that blocks are met",
    ];

    [Fact]
    public void Counting_in_blocks_gives_what_counting_one_by_one_gives()
    {
        var random = new Random(20260601);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(12); i > 0; i--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            TextFigures.Of(Encoding.UTF8.GetBytes(text.ToString())).ShouldBe(Plain(text.ToString()), Quoted(text.ToString()));
        }
    }

    [Fact]
    public void A_text_has_the_same_figures_however_it_came()
    {
        foreach (var text in new[] { "", "a\nb \"c\" \\d", "ü漢👩 \u0001", new string('x', 200) + "\r\n" })
        {
            var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text);
            var read = new TextView((ReadOnlyMemory<byte>)json);
            read.Figures.ShouldBe(new TextView(text).Figures);
            read.Text.ShouldBe(text);
        }
    }

    private static TextFigures Plain(string text)
    {
        var runes = text.EnumerateRunes().Select(r => r.Value).ToList();
        var lines = Lines(text);
        return new TextFigures(
            runes.Count,
            runes.Count(CodePointSet.Alphanumeric.Contains),
            runes.Count(CodePointSet.Special.Contains),
            lines.Count,
            lines.Count == 0 ? 0 : lines.Max(l => l.EnumerateRunes().Count()),
            text.Split(' ', '\n', '\t').Count(word => word.EnumerateRunes().Any(r => !CodePointSet.Special.Contains(r.Value))));
    }

    private static List<string> Lines(string text)
    {
        var lines = System.Text.RegularExpressions.Regex.Split(text, "\r\n|[\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromMinutes(1)).ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
