using System.Globalization;
using System.Text;
using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Rows that hold no running text.</summary>
internal static class Debris
{
    private static readonly string[] Marks = ["*", "=", "-", "#", "~", "+", "_", ".", ":", "|", "/", "\\", "<", ">", "@", "%", "^"];

    public static DirtyText NumberTable(Material material, ChanceStream chance)
    {
        var columns = chance.Between(3, 7);
        var rows = chance.Between(8, 30);
        var lines = Enumerable.Range(0, rows).Select(r => string.Join('\t',
            Enumerable.Range(0, columns).Select(c => c == 0
                ? (1790 + r).ToString(CultureInfo.InvariantCulture)
                : (chance.Below(10_000_000) / 100.0).ToString("0.00", CultureInfo.InvariantCulture))));
        return new DirtyText(string.Join('\n', lines), $"{rows} rows of {columns} columns");
    }

    public static DirtyText Symbols(Material material, ChanceStream chance)
    {
        var lines = chance.Between(4, 16);
        var text = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            var mark = chance.Pick(Marks);
            var other = chance.Pick(Marks);
            text.Append(string.Concat(Enumerable.Repeat(mark + other, chance.Between(8, 40)))).Append('\n');
        }

        return new DirtyText(text.ToString(), $"{lines} lines of marks");
    }

    /// <summary>Several documents run together on one line, with machine data between them.</summary>
    public static DirtyText OverlongLine(Material material, ChanceStream chance)
    {
        var first = material.Fresh();
        var parts = new List<string>();
        var count = chance.Between(3, 4);
        for (var i = 0; i < count; i++)
        {
            var document = i == 0 ? first : material.Fresh();
            parts.Add(document.Text.Replace('\n', ' '));
            parts.Add(Blob(chance));
        }

        return new DirtyText(string.Join(' ', parts), $"{count} documents and machine data on one line", first);
    }

    public static DirtyText Fragment(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var words = document.Text.Replace('\n', ' ').Split(' ');
        var count = chance.Between(1, 6);
        var start = chance.Below(words.Length - count);
        return new DirtyText(string.Join(' ', words.Skip(start).Take(count)), $"{count} words", document);
    }

    private static string Blob(ChanceStream chance)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var length = chance.Between(100, 300);
        return string.Create(length, chance, static (span, c) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = alphabet[c.Below(alphabet.Length)];
            }
        });
    }
}
