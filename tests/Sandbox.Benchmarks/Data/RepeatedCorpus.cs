using System.Text;

namespace Sandbox.Benchmarks.Data;

/// <summary>The demo's corpus over and over, to any size. Each copy of a row ends in words of its own, so that the
/// deduplicator has to keep it.</summary>
internal static class RepeatedCorpus
{
    /// <summary>Writes the file and gives its number of rows.</summary>
    public static int Write(string path, long bytes)
    {
        var lines = Directory.GetDirectories(Path.Combine(Repository.Configs, "demo", "corpus"), "seed-*").Order(StringComparer.Ordinal)
            .SelectMany(seed => File.ReadLines(Path.Combine(seed, "train.jsonl"))).ToList();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var rows = 0;
        for (var written = 0L; written < bytes; rows++)
        {
            var line = lines[rows % lines.Count];
            var end = line.LastIndexOf("\"text\":", StringComparison.Ordinal);
            var quote = line.IndexOf('"', end + 7) + 1;
            line = line.Insert(quote, Words(rows));
            writer.Write(line);
            writer.Write('\n');
            written += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return rows;
    }

    // Letters only: the deduplicator overlooks digits.
    private static string Words(int number)
    {
        var text = new StringBuilder();
        for (var rest = number + 1; rest > 0; rest /= 26)
        {
            text.Append((char)('a' + (rest % 26)));
        }

        return text.Append(' ').ToString();
    }
}
