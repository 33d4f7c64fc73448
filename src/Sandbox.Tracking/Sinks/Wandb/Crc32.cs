namespace Sandbox.Tracking.Sinks.Wandb;

/// <summary>CRC-32 with zlib's polynomial, as W&amp;B's files have it (LevelDB's own have CRC-32C).</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];

    public static uint Of(byte type, ReadOnlySpan<byte> data)
    {
        var crc = Step(0xFFFFFFFF, type);
        foreach (var value in data)
        {
            crc = Step(crc, value);
        }

        return ~crc;
    }

    private static uint Step(uint crc, byte value) => Table[(crc ^ value) & 0xFF] ^ (crc >> 8);

    private static uint Row(int index)
    {
        var row = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            row = (row & 1) != 0 ? (row >> 1) ^ Polynomial : row >> 1;
        }

        return row;
    }
}
