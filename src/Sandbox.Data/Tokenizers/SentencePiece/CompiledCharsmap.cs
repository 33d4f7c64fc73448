using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Reads the table of replacements that a model carries: a double-array trie over UTF-8 bytes (as the library
/// Darts-clone lays it out), then the replacements, each ended by 0.</summary>
internal static class CompiledCharsmap
{
    /// <summary>What each text is replaced by.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyDictionary<string, string> Rules(ReadOnlySpan<byte> charsmap)
    {
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        if (charsmap.IsEmpty)
        {
            return rules;
        }

        var size = charsmap.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(charsmap);
        if (size > (uint)charsmap.Length - 4 || size % 4 != 0)
        {
            throw new InvalidDataException("its table of replacements is cut off.");
        }

        var units = MemoryMarshal.Cast<byte, uint>(charsmap.Slice(4, (int)size));
        if (!units.IsEmpty)
        {
            Walk(units, Offset(units[0]), new List<byte>(), charsmap[(4 + (int)size)..], rules);
        }

        return rules;
    }

    private static void Walk(ReadOnlySpan<uint> units, uint node, List<byte> key, ReadOnlySpan<byte> texts, Dictionary<string, string> rules)
    {
        for (var label = 1u; label < 256; label++)
        {
            var child = node ^ label;
            if (child >= (uint)units.Length || (units[(int)child] & 0x8000_00FF) != label)
            {
                continue;
            }

            key.Add((byte)label);
            var next = child ^ Offset(units[(int)child]);
            if ((units[(int)child] >> 8 & 1) != 0)
            {
                rules[Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(key))] = Text(texts, units[(int)next] & 0x7fff_ffff);
            }

            Walk(units, next, key, texts, rules);
            key.RemoveAt(key.Count - 1);
        }
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);

    private static string Text(ReadOnlySpan<byte> texts, uint start)
    {
        if (start > (uint)texts.Length)
        {
            throw new InvalidDataException("its table of replacements is damaged.");
        }

        var rest = texts[(int)start..];
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
