using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Text;

/// <summary>One version of a text with what several operators want to know of it, each computed once and only when it is
/// asked for. Not thread-safe: a row is worked on by one thread at a time.</summary>
internal sealed class TextView
{
    private readonly ReadOnlyMemory<byte> _json;
    private ReadOnlyMemory<byte>? _utf8;
    private string? _text;
    private TextFigures? _figures;
    private TextView? _lower;
    private IReadOnlyList<WordSpan>? _words;
    private IReadOnlyList<WordSpan>? _refined;

    /// <summary>A text.</summary>
    public TextView(string text) => _text = text;

    /// <summary>The text in a JSON string of valid UTF-8, decoded when it is needed.</summary>
    public TextView(ReadOnlyMemory<byte> json) => _json = json;

    public string Text => _text ??= Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The text in UTF-8, without quotation marks and escapes.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= _json.IsEmpty ? Encoding.UTF8.GetBytes(_text!) : JsonText.Unescape(_json);

    /// <summary>Counts of characters, lines and words.</summary>
    public TextFigures Figures => _figures ??= Count();

    /// <summary>Length in code points.</summary>
    public int Length => Figures.Length;

    /// <summary>The same text in lower case.</summary>
    public TextView Lower => _lower ??= new TextView(PythonText.ToLower(Text));

    /// <summary>Words, parted by blank, line feed and tab.</summary>
    public IReadOnlyList<WordSpan> Words => _words ??= Split();

    /// <summary>Words without special characters at their ends; those that vanish are left out.</summary>
    public IReadOnlyList<WordSpan> RefinedWords => _refined ??= Refine();

    /// <summary>Finds out now whether the text can be decoded.</summary>
    /// <exception cref="InvalidOperationException">It holds half a surrogate pair.</exception>
    public void EnsureWhole()
    {
        if (_text is null && JsonText.MayHoldHalfPair(_json.Span))
        {
            _ = Utf8;
        }
    }

    private TextFigures Count()
    {
        if (_utf8 is not null || !_json.IsEmpty)
        {
            return TextFigures.Of(Utf8.Span);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(_text!.Length));
        var figures = TextFigures.Of(buffer.AsSpan(0, Encoding.UTF8.GetBytes(_text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return figures;
    }

    private List<WordSpan> Split()
    {
        var text = Text;
        var words = new List<WordSpan>(text.Length / 6);
        var span = text.AsSpan();
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
        var text = Text;
        var words = new List<WordSpan>(Words.Count);
        foreach (var word in CollectionsMarshal.AsSpan((List<WordSpan>)Words))
        {
            var (start, end) = CodePointSet.Special.Strip(text, word.Start, word.Start + word.Length);
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
