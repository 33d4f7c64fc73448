using System.Text.Json;

namespace Sandbox.Benchmarks.Data;

/// <summary>The limit of a data pass: read the file, tokenise each row's JSON, write the row as it is. One thread.</summary>
internal static class PlainCopy
{
    public static void Run(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var target = File.Create(to);
        var buffer = new byte[1 << 20];
        var filled = 0;
        for (var read = source.Read(buffer); read > 0; read = source.Read(buffer.AsSpan(filled)))
        {
            filled += read;
            var at = 0;
            for (var end = buffer.AsSpan(0, filled).IndexOf((byte)'\n'); end >= 0; end = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n'))
            {
                Tokenise(buffer.AsSpan(at, end));
                at += end + 1;
            }

            target.Write(buffer.AsSpan(0, at));
            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            filled -= at;
        }

        target.Flush(flushToDisk: true);
    }

    private static void Tokenise(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        while (reader.Read())
        {
        }
    }
}
