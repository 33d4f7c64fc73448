using System.Text;
using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Genuine text in other characters: curly quotes, full-width punctuation, no-break and other blanks. To a
/// model of words every such word is another word.</summary>
internal static class Typography
{
    private static readonly char[] Blanks = ['\u00A0', '\u2003', '\u2009', '\u202F', '\u3000'];

    public static DirtyText Dress(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var fullWidth = chance.Hits(0.5);
        var blankRate = 0.1 + (0.3 * chance.Fraction());
        var text = new StringBuilder(document.Text.Length);
        foreach (var c in document.Text)
        {
            text.Append(c switch
            {
                ' ' when chance.Hits(blankRate) => chance.Pick(Blanks),
                '\'' => '’',
                '"' => chance.Hits(0.5) ? '“' : '”',
                ',' when fullWidth => '，',
                ';' when fullWidth => '；',
                ':' when fullWidth => '：',
                '?' when fullWidth => '？',
                _ => c,
            });
        }

        return new DirtyText(text.ToString(), fullWidth ? "curly quotes, odd blanks, full-width punctuation" : "curly quotes, odd blanks", document);
    }
}
