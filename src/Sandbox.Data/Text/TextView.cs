using System.Runtime.InteropServices;

namespace Sandbox.Data.Text;

/// <summary>One version of a text with what several operators want to know of it, each computed once. Not thread-safe:
/// a row is worked on by one thread at a time.</summary>
internal sealed class TextView(string text)
{
    private int _length = -1;
    private LineFigures? _lines;
    private TextView? _lower;
    private IReadOnlyList<WordSpan>? _words;
    private IReadOnlyList<WordSpan>? _refined;

    public string Text { get; } = text;

    /// <summary>Length in code points.</summary>
    public int Length => _length >= 0 ? _length : _length = PythonText.Length(Text);

    /// <summary>Lines and the longest of them.</summary>
    public LineFigures Lines => _lines ??= LineFigures.Of(Text);

    /// <summary>The same text in lower case.</summary>
    public TextView Lower => _lower ??= new TextView(PythonText.ToLower(Text));

    /// <summary>Words, parted by blank, line feed and tab.</summary>
    public IReadOnlyList<WordSpan> Words => _words ??= Split();

    /// <summary>Words without special characters at their ends; those that vanish are left out.</summary>
    public IReadOnlyList<WordSpan> RefinedWords => _refined ??= Refine();

    private List<WordSpan> Split()
    {
        var words = new List<WordSpan>(Text.Length / 6);
        var span = Text.AsSpan();
        for (var at = 0; at < span.Length;)
        {
            var length = span[at..].IndexOfAny(' ', '\n', '\t');
            length = length < 0 ? span.Length - at : length;
            if (length > 0)
            {
                words.Add(new WordSpan(at, length));
            }

            at += length + 1;
        }

        return words;
    }

    private List<WordSpan> Refine()
    {
        var words = new List<WordSpan>(Words.Count);
        foreach (var word in Words)
        {
            var (start, end) = CodePointSet.Special.Strip(Text, word.Start, word.Start + word.Length);
            if (end > start)
            {
                words.Add(new WordSpan(start, end - start));
            }
        }

        return words;
    }
}

/// <summary>A word within a text, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordSpan(int Start, int Length);

/// <summary>The lines of a text.</summary>
/// <param name="Count">How many; the end of the last line opens no other.</param>
/// <param name="Longest">Code points of the longest, without its end.</param>
internal sealed record LineFigures(int Count, int Longest)
{
    public static LineFigures Of(ReadOnlySpan<char> text)
    {
        var (count, longest) = (0, 0);
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAny(Ends);
            var line = length < 0 ? text : text[..length];
            count++;
            longest = line.Length > longest ? Math.Max(longest, PythonText.Length(line)) : longest;
            if (length < 0)
            {
                break;
            }

            var isPair = text[length] == '\r' && length + 1 < text.Length && text[length + 1] == '\n';
            text = text[(length + (isPair ? 2 : 1))..];
        }

        return new LineFigures(count, longest);
    }

    private static readonly System.Buffers.SearchValues<char> Ends =
        System.Buffers.SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");
}
