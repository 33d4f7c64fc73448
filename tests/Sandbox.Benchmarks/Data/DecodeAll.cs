using System.Text.Json;

namespace Sandbox.Benchmarks.Data;

/// <summary>The limit of reading: the file's lines tokenised, every string and name decoded. One thread, nothing written.</summary>
internal static class DecodeAll
{
    public static void Run(string path)
    {
        using var source = File.OpenRead(path);
        var buffer = new byte[1 << 20];
        var filled = 0;
        for (var read = source.Read(buffer); read > 0; read = source.Read(buffer.AsSpan(filled)))
        {
            filled += read;
            var at = 0;
            for (var end = buffer.AsSpan(0, filled).IndexOf((byte)'\n'); end >= 0; end = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n'))
            {
                Decode(buffer.AsSpan(at, end));
                at += end + 1;
            }

            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            filled -= at;
        }
    }

    private static void Decode(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }
}
