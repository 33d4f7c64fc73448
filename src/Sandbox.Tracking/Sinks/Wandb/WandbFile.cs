using System.Buffers.Binary;

namespace Sandbox.Tracking.Sinks.Wandb;

/// <summary>The framing of a <c>.wandb</c> file: seven bytes of header, then LevelDB's log format in blocks of 32 KiB that are
/// counted from the start of the file.</summary>
internal static class WandbFile
{
    private const int BlockSize = 32768;
    private const int ChunkHeader = 7;

    // ":W&B", the magic number 0xBEE1, version 0.
    private static readonly byte[] Header = [0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0x00];

    private enum Part : byte
    {
        Full = 1,
        First = 2,
        Middle = 3,
        Last = 4,
    }

    /// <summary>Begins a file.</summary>
    public static void Begin(Stream file) => file.Write(Header);

    /// <summary>Appends a record; the stream's position says where in a block it begins.</summary>
    public static void Append(Stream file, ReadOnlySpan<byte> record)
    {
        var isFirst = true;
        while (true)
        {
            var left = BlockSize - (int)(file.Position % BlockSize);
            if (left < ChunkHeader)
            {
                file.Write(new byte[left]);
                left = BlockSize;
            }

            var size = Math.Min(record.Length, left - ChunkHeader);
            var isLast = size == record.Length;
            Write(file, isFirst ? isLast ? Part.Full : Part.First : isLast ? Part.Last : Part.Middle, record[..size]);
            if (isLast)
            {
                return;
            }

            record = record[size..];
            isFirst = false;
        }
    }

    private static void Write(Stream file, Part part, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[ChunkHeader];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Crc32.Of((byte)part, data));
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)data.Length);
        header[6] = (byte)part;
        file.Write(header);
        file.Write(data);
    }
}
