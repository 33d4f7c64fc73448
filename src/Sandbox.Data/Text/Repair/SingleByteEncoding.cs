using System.Diagnostics.CodeAnalysis;

namespace Sandbox.Data.Text.Repair;

/// <summary>An encoding of one byte a character. A sloppy one gives bytes without a character their own number, and takes
/// U+FFFD for byte 1A.</summary>
internal sealed class SingleByteEncoding
{
    private const char None = '\uffff';
    private readonly char[] _characters = new char[256];
    private readonly Dictionary<char, byte> _bytes = [];

    /// <summary>An encoding by its table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="substitute">What byte 1A stands for.</param>
    /// <param name="upper">What bytes 80 to FF stand for; U+FFFF for nothing.</param>
    public SingleByteEncoding(string name, char substitute, ReadOnlySpan<char> upper)
    {
        Name = name;
        for (var i = 0; i < _characters.Length; i++)
        {
            _characters[i] = i == 0x1a ? substitute : i < 0x80 ? (char)i : upper[i - 0x80];
            if (_characters[i] != None)
            {
                _bytes.TryAdd(_characters[i], (byte)i);
            }
        }
    }

    /// <summary>Its name; one that begins with <c>sloppy</c> may have lost bytes.</summary>
    public string Name { get; }

    public bool IsSloppy => Name.StartsWith("sloppy", StringComparison.Ordinal);

    /// <summary>The bytes of a text, where each of its characters has one.</summary>
    public bool TryEncode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!_bytes.TryGetValue(text[i], out bytes[i]))
            {
                bytes = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>The text of bytes, or null where one stands for nothing.</summary>
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = _characters[bytes[i]];
            if (text[i] == None)
            {
                return null;
            }
        }

        return new string(text);
    }

    /// <summary>The character of one byte.</summary>
    public char this[byte value] => _characters[value];
}
