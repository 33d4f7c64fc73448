using System.Buffers;
using System.Text;

namespace Sandbox.Data.LanguageModels;

/// <summary>Parts a line into tokens, without copying.</summary>
/// <remarks>White space is what Unicode and Python call so, and NUL, which parts words in KenLM. <c>&lt;s&gt;</c> and
/// <c>&lt;/s&gt;</c> in a text count as white space (KenLM's <c>--skip_symbols</c>): they would end the sentence.</remarks>
internal ref struct TokenSplitter(ReadOnlySpan<char> line, TextUnit unit)
{
    private ReadOnlySpan<char> _rest = line;
    private ReadOnlySpan<char> _pending;
    private bool _started;

    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>How many sentence marks were passed over.</summary>
    public int SkippedMarks { get; private set; }

    public bool MoveNext() => unit == TextUnit.Word ? MoveWord() : MoveCharacter();

    /// <summary>The next line of a text, which ends at \n, \r or \r\n; false at the end of the text.</summary>
    public static bool NextLine(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> line)
    {
        line = text;
        if (text.IsEmpty)
        {
            return false;
        }

        var end = text.IndexOfAny('\n', '\r');
        line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return true;
    }

    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\0' or (>= '\x1c' and <= '\x1f');

    private bool MoveWord()
    {
        while (true)
        {
            _rest = TrimStart(_rest);
            if (_rest.IsEmpty)
            {
                return false;
            }

            var length = 1;
            while (length < _rest.Length && !IsBlank(_rest[length]))
            {
                length++;
            }

            Current = _rest[..length];
            _rest = _rest[length..];
            if (Current is not (SpecialToken.BeginText or SpecialToken.EndText))
            {
                return true;
            }

            SkippedMarks++;
        }
    }

    private bool MoveCharacter()
    {
        if (!_pending.IsEmpty)
        {
            Current = _pending;
            _pending = default;
            return true;
        }

        var trimmed = TrimStart(_rest);
        if (trimmed.IsEmpty)
        {
            return false;
        }

        var blank = trimmed.Length < _rest.Length && _started;
        var status = Rune.DecodeFromUtf16(trimmed, out _, out var length);
        var character = status == OperationStatus.Done ? trimmed[..length] : "\uFFFD";
        _rest = trimmed[length..];
        _started = true;
        Current = blank ? SpecialToken.SpaceText : character;
        _pending = blank ? character : default;
        return true;
    }

    private static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        return text[start..];
    }
}
