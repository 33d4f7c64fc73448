using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Sandbox.Components.TextQuality;

/// <summary>The place of a word in a table of features: MurmurHash3 (x86, 32 bits) of its UTF-8 bytes with seed 42.</summary>
/// <remarks>Models that Spark saved before 3.0 mix each byte of the tail on its own, as a signed number.</remarks>
internal static class TermHash
{
    private const int Seed = 42;

    public static int IndexOf(string term, int features, bool legacy)
    {
        var index = Hash(Encoding.UTF8.GetBytes(term), legacy) % features;
        return index < 0 ? index + features : index;
    }

    private static int Hash(ReadOnlySpan<byte> bytes, bool legacy)
    {
        var (hash, aligned) = ((uint)Seed, bytes.Length & ~3);
        for (var i = 0; i < aligned; i += sizeof(uint))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]));
        }

        var tail = bytes[aligned..];
        if (legacy)
        {
            foreach (var one in tail)
            {
                hash = Mix(hash, (uint)(sbyte)one);
            }
        }
        else
        {
            hash ^= Scramble(Tail(tail));
        }

        return (int)Finish(hash ^ (uint)bytes.Length);
    }

    private static uint Tail(ReadOnlySpan<byte> tail)
    {
        var word = 0U;
        for (var i = tail.Length - 1; i >= 0; i--)
        {
            word = (word << 8) | tail[i];
        }

        return word;
    }

    private static uint Mix(uint hash, uint word) => unchecked((BitOperations.RotateLeft(hash ^ Scramble(word), 13) * 5) + 0xE6546B64);

    private static uint Scramble(uint word) => unchecked(BitOperations.RotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593);

    private static uint Finish(uint hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            return hash ^ (hash >> 16);
        }
    }
}
