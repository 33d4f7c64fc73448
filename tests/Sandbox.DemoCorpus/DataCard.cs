using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.DemoCorpus.Dirt;
using Sandbox.DemoCorpus.Variants;

namespace Sandbox.DemoCorpus;

/// <summary>The figures of the data card, counted from the files themselves.</summary>
internal static class DataCard
{
    /// <summary>Lines of <c>SHA256SUMS</c>, as <c>sha256sum -c</c> reads them.</summary>
    public static string Sums(IEnumerable<(string Path, byte[] Content)> files) => string.Concat(
        files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Content))}  {f.Path}\n"));

    /// <summary>A Markdown table: rows of the training split of every variant by kind of dirt.</summary>
    public static string Counts(IEnumerable<(string Path, byte[] Content)> files)
    {
        var columns = files.Where(f => f.Path.EndsWith("/train.jsonl", StringComparison.Ordinal))
            .Select(f => (Name: f.Path.Split('/')[0], Kinds: Kinds(f.Content))).ToList();
        var table = new StringBuilder();
        Row(table, "kind", columns.Select(c => c.Name));
        Row(table, "---", columns.Select(_ => "---:"));
        foreach (var kind in DirtCatalogue.All.Select(k => k.Name).Prepend(""))
        {
            Row(table, kind.Length == 0 ? "(clean)" : kind, columns.Select(c => Number(c.Kinds.Count(k => k == kind))));
        }

        Row(table, "all", columns.Select(c => Number(c.Kinds.Count)));
        return table.ToString();
    }

    private static List<string> Kinds(byte[] content) =>
        [.. Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<CorpusRow>(line)!.Meta.Dirt)];

    private static void Row(StringBuilder table, string head, IEnumerable<string> cells) =>
        table.Append("| ").Append(head).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
