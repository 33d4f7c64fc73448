using System.Buffers;
using System.Text;

namespace Sandbox.Data.Rows;

/// <summary>The text in a JSON string of valid UTF-8, its escapes resolved, as UTF-8.</summary>
internal static class JsonText
{
    private const int ShortestPair = 6;

    /// <summary>Whether the value is a string.</summary>
    public static bool IsString(ReadOnlySpan<byte> json) => !json.IsEmpty && json[0] == (byte)'"';

    /// <summary>Whether the string may hold half a surrogate pair, written as an escape; else it surely does not.</summary>
    public static bool MayHoldHalfPair(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf("\\u"u8); at >= 0; at = json.IndexOf("\\u"u8))
        {
            json = json[(at + 2)..];
            if (json.Length >= 2 && (json[0] | 0x20) == 'd' && (json[1] | 0x20) is '8' or '9' or (>= 'a' and <= 'f'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text; the same bytes where nothing is escaped.</summary>
    /// <exception cref="InvalidOperationException">It holds half a surrogate pair.</exception>
    public static ReadOnlyMemory<byte> Unescape(ReadOnlyMemory<byte> json)
    {
        var inner = json[1..^1];
        var first = inner.Span.IndexOf((byte)'\\');
        if (first < 0)
        {
            return inner;
        }

        var target = GC.AllocateUninitializedArray<byte>(inner.Length);
        return target.AsMemory(0, Unescape(inner.Span, first, target));
    }

    private static int Unescape(ReadOnlySpan<byte> source, int first, Span<byte> target)
    {
        var written = 0;
        for (var at = first; at >= 0; at = source.IndexOf((byte)'\\'))
        {
            source[..at].CopyTo(target[written..]);
            written += at;
            source = source[(at + 1)..];
            written += One(ref source, target[written..]);
        }

        source.CopyTo(target[written..]);
        return written + source.Length;
    }

    private static int One(ref ReadOnlySpan<byte> source, Span<byte> target)
    {
        var sign = source[0];
        if (sign != 'u')
        {
            target[0] = sign switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                _ => sign,
            };
            source = source[1..];
            return 1;
        }

        var unit = Unit(source[1..]);
        source = source[5..];
        if (!char.IsSurrogate(unit))
        {
            return new Rune(unit).EncodeToUtf8(target);
        }

        if (source.Length >= ShortestPair && source[0] == '\\' && source[1] == 'u' && Rune.TryCreate(unit, Unit(source[2..]), out var rune))
        {
            source = source[ShortestPair..];
            return rune.EncodeToUtf8(target);
        }

        throw new InvalidOperationException("half a surrogate pair");
    }

    private static char Unit(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            value = (value << 4) | HexDigit(digits[i]);
        }

        return (char)value;
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Writes a text as a JSON string, as readable as upstream's.</summary>
    public static void Write(ReadOnlySpan<byte> utf8, PooledBuffer target)
    {
        target.GetSpan(utf8.Length + 2);
        target.Write("\""u8);
        for (var at = utf8.IndexOfAny(Escaped); at >= 0; at = utf8.IndexOfAny(Escaped))
        {
            target.Write(utf8[..at]);
            WriteEscape(utf8[at], target);
            utf8 = utf8[(at + 1)..];
        }

        target.Write(utf8);
        target.Write("\""u8);
    }

    private static void WriteEscape(byte sign, PooledBuffer target)
    {
        var span = target.GetSpan(6);
        span[0] = (byte)'\\';
        var plain = sign switch
        {
            (byte)'\n' => 'n',
            (byte)'\t' => 't',
            (byte)'\r' => 'r',
            (byte)'\b' => 'b',
            (byte)'\f' => 'f',
            (byte)'"' or (byte)'\\' => (char)sign,
            _ => '\0',
        };
        if (plain != '\0')
        {
            span[1] = (byte)plain;
            target.Advance(2);
            return;
        }

        "u00"u8.CopyTo(span[1..]);
        span[4] = (byte)('0' + (sign >> 4));
        span[5] = (byte)"0123456789abcdef"[sign & 15];
        target.Advance(6);
    }

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);
}
