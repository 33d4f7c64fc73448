using System.Text;
using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Genuine text that was damaged on its way.</summary>
internal static class Breakage
{
    private static readonly (string Read, string As)[] Misreadings =
        [("rn", "m"), ("m", "rn"), ("l", "1"), ("e", "c"), ("o", "0"), ("h", "li"), ("i", "!"), ("s", "5"), ("t", "+"), ("u", "ii")];

    /// <summary>Lines of a narrow column that end in the middle of a word, with lost ends here and there.</summary>
    public static DirtyText CutWords(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var flat = document.Text.Replace('\n', ' ');
        var width = chance.Between(18, 40);
        var text = new StringBuilder();
        for (var at = 0; at < flat.Length; at += width)
        {
            var keep = chance.Hits(0.2) ? width / 2 : width;
            text.Append(flat.AsSpan(at, Math.Min(keep, flat.Length - at))).Append('\n');
        }

        return new DirtyText(text.ToString(), $"lines of {width} characters, cut in words", document);
    }

    /// <summary>The inner letters of most words change places.</summary>
    public static DirtyText ShuffleCharacters(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var rate = 0.4 + (0.5 * chance.Fraction());
        var lines = document.Paragraphs.Select(p => string.Join(' ', p.Split(' ').Select(w =>
            w.Length > 3 && chance.Hits(rate) ? $"{w[0]}{new string(chance.Shuffle(w[1..^1]))}{w[^1]}" : w)));
        return new DirtyText(string.Join('\n', lines), FormattableString.Invariant($"{rate:0.00} of the words shuffled"), document);
    }

    /// <summary>What a bad scan reads: look-alike characters, stray marks and broken words.</summary>
    public static DirtyText Misread(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var rate = 0.1 + (0.5 * chance.Fraction());
        var lines = document.Paragraphs.Select(p => string.Join(' ', p.Split(' ').Select(w => chance.Hits(rate) ? Damage(w, chance) : w)));
        return new DirtyText(string.Join('\n', lines), FormattableString.Invariant($"{rate:0.00} of the words misread"), document);
    }

    private static string Damage(string word, ChanceStream chance)
    {
        switch (chance.Below(4))
        {
            case 0:
                return string.Concat(word, chance.Pick(["~", "^", "|", "*", "_", "¬"]));
            case 1 when word.Length > 3:
                var cut = chance.Between(1, word.Length - 2);
                return $"{word[..cut]} {word[cut..]}";
            default:
                var (read, seen) = chance.Pick(Misreadings);
                return word.Replace(read, seen, StringComparison.Ordinal);
        }
    }
}
