using System.Buffers.Binary;
using System.Numerics;

namespace Sandbox.Tracking.Sinks.TensorBoard;

/// <summary>The framing of TensorBoard's event files: length, its checksum, data, its checksum. Checksums are CRC-32C, rotated and
/// added to so that a checksum of data with checksums in it stays a good one.</summary>
internal static class EventFile
{
    private const uint MaskDelta = 0xA282EAD8;

    public static void Append(Stream file, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(head[..8]));
        file.Write(head);
        file.Write(data);
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(data));
        file.Write(tail);
    }

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C(data), 15) + MaskDelta;
}
