using System.Buffers;
using System.Text;
using Sandbox.Data.Rows;
using Sandbox.Data.Tokenizers;

namespace Sandbox.Data.Text;

/// <summary>One version of a text with what several operators want to know of it, each computed once and only when it is
/// asked for. Not thread-safe: a row is worked on by one thread at a time.</summary>
internal sealed class TextView
{
    /// <summary>From how many characters on lists of what is in a text are avoided.</summary>
    public const int LongText = 1 << 18;

    private readonly ReadOnlyMemory<byte> _json;
    private ReadOnlyMemory<byte>? _utf8;
    private string? _text;
    private TextFigures _figures;
    private bool _isCounted;
    private TextView? _lower;
    private WordSequence? _words;
    private ITokenizer? _tokenizer;
    private PieceSequence? _pieces;

    /// <summary>A text.</summary>
    public TextView(string text) => _text = text;

    /// <summary>The text in a JSON string of valid UTF-8, decoded when it is needed.</summary>
    /// <param name="json">The string with its quotation marks.</param>
    /// <param name="isPlain">Whether it is known that nothing is escaped.</param>
    public TextView(ReadOnlyMemory<byte> json, bool isPlain = false)
    {
        _json = json;
        if (isPlain)
        {
            _utf8 = json[1..^1];
        }
    }

    public string Text => _text ??= Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The text in UTF-8, without quotation marks and escapes.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= _json.IsEmpty ? Encoding.UTF8.GetBytes(_text!) : JsonText.Unescape(_json);

    /// <summary>Counts of characters, lines and words.</summary>
    public ref readonly TextFigures Figures
    {
        get
        {
            if (!_isCounted)
            {
                _figures = Count();
                _isCounted = true;
            }

            return ref _figures;
        }
    }

    /// <summary>Length in code points.</summary>
    public int Length => Figures.Length;

    /// <summary>The same text in lower case.</summary>
    public TextView Lower => _lower ??= new TextView(PythonText.ToLower(Text));

    /// <summary>Words, parted by blank, line feed and tab.</summary>
    public WordSequence Words => _words ??= WordSequence.Split(Text);

    /// <summary>The tokens that a tokenizer makes of the text; those of the last one asked for are kept.</summary>
    public PieceSequence Pieces(ITokenizer tokenizer)
    {
        if (!ReferenceEquals(_tokenizer, tokenizer))
        {
            (_tokenizer, _pieces) = (tokenizer, tokenizer.Encode(Text));
        }

        return _pieces!;
    }

    /// <summary>Finds out now whether the text can be decoded.</summary>
    /// <exception cref="InvalidOperationException">It holds half a surrogate pair.</exception>
    public void EnsureWhole()
    {
        if (_text is null && _utf8 is null && JsonText.MayHoldHalfPair(_json.Span))
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

        // A long text is written again later: its bytes are kept for that.
        if (_text!.Length > LongText)
        {
            return TextFigures.Of(Utf8.Span);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(_text.Length));
        var figures = TextFigures.Of(buffer.AsSpan(0, Encoding.UTF8.GetBytes(_text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return figures;
    }
}
