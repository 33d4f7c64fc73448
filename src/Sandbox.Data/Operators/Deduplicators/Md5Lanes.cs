using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>MD5 (RFC 1321) of eight short messages side by side, as shingles are many and short. Nothing secret depends on
/// it; it is upstream's choice.</summary>
internal static class Md5Lanes
{
    /// <summary>Messages at a time.</summary>
    public const int Count = 8;
    private const int BlockBytes = 64;
    private static readonly uint[] Constants = [.. Enumerable.Range(1, 64).Select(i => (uint)(Math.Abs(Math.Sin(i)) * 4294967296.0))];
    private static readonly int[] Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    [ThreadStatic]
    private static byte[]? _blocks;

    /// <summary>The first eight bytes of each digest, as a big-endian number.</summary>
    public static void Hash(ShingleList messages, int first, int taken, Span<ulong> hashes)
    {
        Span<int> blockCounts = stackalloc int[Count];
        var most = 1;
        for (var lane = 0; lane < Count; lane++)
        {
            blockCounts[lane] = lane < taken ? (messages[first + lane].Length + 9 + BlockBytes - 1) / BlockBytes : 1;
            most = Math.Max(most, blockCounts[lane]);
        }

        var stride = most * BlockBytes;
        if (_blocks is null || _blocks.Length < stride * Count)
        {
            _blocks = new byte[stride * Count];
        }

        var blocks = _blocks.AsSpan(0, stride * Count);
        for (var lane = 0; lane < Count; lane++)
        {
            Pad(lane < taken ? messages[first + lane] : default, blocks.Slice(lane * stride, blockCounts[lane] * BlockBytes));
        }

        var state = (A: Vector256.Create(0x67452301u), B: Vector256.Create(0xefcdab89u), C: Vector256.Create(0x98badcfeu), D: Vector256.Create(0x10325476u));
        for (var block = 0; block < most; block++)
        {
            var next = Compress(state, MemoryMarshal.Cast<byte, uint>(blocks), block * 16, stride / 4);
            var isOpen = Vector256.GreaterThan(Vector256.Create<int>(blockCounts), Vector256.Create(block)).AsUInt32();
            state = (Vector256.ConditionalSelect(isOpen, next.A, state.A), Vector256.ConditionalSelect(isOpen, next.B, state.B),
                Vector256.ConditionalSelect(isOpen, next.C, state.C), Vector256.ConditionalSelect(isOpen, next.D, state.D));
        }

        for (var lane = 0; lane < taken; lane++)
        {
            hashes[lane] = (ulong)BinaryPrimitives.ReverseEndianness(state.A[lane]) << 32 | BinaryPrimitives.ReverseEndianness(state.B[lane]);
        }
    }

    private static void Pad(ReadOnlySpan<byte> message, Span<byte> blocks)
    {
        message.CopyTo(blocks);
        blocks[message.Length] = 0x80;
        blocks[(message.Length + 1)..].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(blocks[^8..], (ulong)message.Length * 8);
    }

    private static (Vector256<uint> A, Vector256<uint> B, Vector256<uint> C, Vector256<uint> D) Compress(
        (Vector256<uint> A, Vector256<uint> B, Vector256<uint> C, Vector256<uint> D) state, ReadOnlySpan<uint> words, int at, int stride)
    {
        Span<Vector256<uint>> message = stackalloc Vector256<uint>[16];
        for (var i = 0; i < 16; i++)
        {
            var from = at + i;
            message[i] = Vector256.Create(
                words[from], words[from + stride], words[from + (2 * stride)], words[from + (3 * stride)],
                words[from + (4 * stride)], words[from + (5 * stride)], words[from + (6 * stride)], words[from + (7 * stride)]);
        }

        var (a, b, c, d) = state;
        for (var i = 0; i < 64; i++)
        {
            var (mixed, word) = (i >> 4) switch
            {
                0 => (Vector256.ConditionalSelect(b, c, d), i),
                1 => (Vector256.ConditionalSelect(d, b, c), ((5 * i) + 1) & 15),
                2 => (b ^ c ^ d, ((3 * i) + 5) & 15),
                _ => (c ^ (b | ~d), (7 * i) & 15),
            };
            var sum = a + mixed + Vector256.Create(Constants[i]) + message[word];
            var shift = Shifts[((i >> 4) * 4) + (i & 3)];
            (a, d, c, b) = (d, c, b, b + (Vector256.ShiftLeft(sum, shift) | Vector256.ShiftRightLogical(sum, 32 - shift)));
        }

        return (state.A + a, state.B + b, state.C + c, state.D + d);
    }
}
