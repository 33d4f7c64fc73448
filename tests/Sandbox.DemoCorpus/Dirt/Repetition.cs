using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Text that says the same thing over and over.</summary>
internal static class Repetition
{
    public static DirtyText Paragraphs(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var times = chance.Between(2, 5);
        var repeated = chance.Below(document.Paragraphs.Count);
        var lines = document.Paragraphs.SelectMany((p, i) => Enumerable.Repeat(p, i == repeated ? times : 1));
        return new DirtyText(string.Join('\n', lines), $"paragraph {repeated + 1} stands {times} times", document);
    }

    public static DirtyText Phrase(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var words = document.Text.Replace('\n', ' ').Split(' ');
        var length = chance.Between(3, 8);
        var start = chance.Below(words.Length - length);
        var times = chance.Between(20, 50);
        var phrase = string.Join(' ', words.Skip(start).Take(length));
        var text = $"{document.Paragraphs[0]}\n{string.Join(' ', Enumerable.Repeat(phrase, times))}";
        return new DirtyText(text, $"{length} words stand {times} times", document);
    }
}
