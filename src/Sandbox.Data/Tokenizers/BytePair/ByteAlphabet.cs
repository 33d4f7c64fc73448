using System.Text;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>The 256 printable characters that byte-level vocabularies write bytes as: a printable byte is itself, the others
/// follow from U+0100 on.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((c, i) => (c, (byte)i)).ToDictionary(p => p.c, p => p.Item2);

    /// <summary>The character of a byte.</summary>
    public static char Character(byte value) => Characters[value];

    /// <summary>The bytes that a token stands for; a character outside the alphabet stands for itself.</summary>
    public static byte[] Decode(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
            {
                return Encoding.UTF8.GetBytes(token);
            }
        }

        return bytes;
    }

    private static char[] Build()
    {
        var (characters, next) = (new char[256], '\u0100');
        for (var i = 0; i < 256; i++)
        {
            characters[i] = i is (>= '!' and <= '~') or (>= 0xa1 and <= 0xac) or >= 0xae ? (char)i : next++;
        }

        return characters;
    }
}
