using System.Buffers.Binary;
using Sandbox.Data.FastText;

namespace Sandbox.Data.Assets;

/// <summary>What a model file holds, by its first bytes.</summary>
internal enum ModelFormat
{
    Unknown,
    FastText,
    Arpa,
    KenLmBinary,
    SentencePiece,
    Json,
}

/// <summary>Finds model files by the names that upstream gives them, and tells what they hold by content: upstream's cache
/// may hold a text ARPA model as <c>en.arpa.bin</c>.</summary>
internal static class ModelFiles
{
    private const int HeadLength = 4096;

    /// <summary>The first of the files that is there in the folder of models, or null.</summary>
    public static string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(CacheFolders.Models, name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>What the file holds.</summary>
    public static ModelFormat FormatOf(string path)
    {
        var head = new byte[HeadLength];
        using var stream = File.OpenRead(path);
        var length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        return FormatOf(head.AsSpan(0, length));
    }

    private static ModelFormat FormatOf(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(head) == FastTextReader.Magic)
        {
            return ModelFormat.FastText;
        }

        if (head.StartsWith("mmap lm http://kheafield.com/code"u8))
        {
            return ModelFormat.KenLmBinary;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || head.IndexOf("\\data\\"u8) >= 0)
        {
            return ModelFormat.Arpa;
        }

        // A protocol buffer whose first field is a message: the first piece.
        if (head.Length > 2 && head[0] == 0x0a && head[2] == 0x0a)
        {
            return ModelFormat.SentencePiece;
        }

        return head.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? ModelFormat.Json : ModelFormat.Unknown;
    }
}
