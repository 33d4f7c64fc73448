using System.IO.Compression;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Datasets;

/// <summary>Compressed files: gzip and Zstandard, told by their content when read and by their suffix when written.</summary>
internal static class Compression
{
    private const int MagicBytes = 4;

    /// <summary>Suffixes of compressed files.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = [".gz", ".zst"];

    /// <summary>The suffix of a compressed file, or an empty text.</summary>
    public static string SuffixOf(string path) =>
        Suffixes.FirstOrDefault(s => path.EndsWith(s, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;

    /// <summary>The content of a file, unpacked where it is compressed.</summary>
    public static Stream Unpack(FileStream stream, string name)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        magic = magic[..stream.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (magic.StartsWith<byte>([0x1f, 0x8b]))
        {
            return new UnpackFaults(new GZipStream(stream, CompressionMode.Decompress), name);
        }

        return magic.SequenceEqual<byte>([0x28, 0xb5, 0x2f, 0xfd])
            ? new UnpackFaults(new ZstdSharp.DecompressionStream(stream, leaveOpen: false), name)
            : stream;
    }

    /// <summary>A stream that packs what is written, or null where the suffix asks for none.</summary>
    public static Stream? Pack(Stream stream, string suffix) => suffix switch
    {
        ".gz" => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true),
        ".zst" => new ZstdSharp.CompressionStream(stream, leaveOpen: true),
        _ => null,
    };
}
