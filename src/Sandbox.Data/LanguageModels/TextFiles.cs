using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Data.LanguageModels;

/// <summary>The texts of data sets, one after another.</summary>
public static class TextFiles
{
    /// <summary>Reads the texts of JSONL files (also .gz) and of plain text files, where a line is a text.</summary>
    /// <param name="files">The files, with what messages call them.</param>
    /// <param name="textKey">The field that holds the text, dots for nested ones.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async IAsyncEnumerable<string> ReadAsync(
        IReadOnlyList<(string Path, string Name)> files, string textKey, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (path, name) in files)
        {
            using var reader = Open(path, name);
            var plain = name.EndsWith(".txt", StringComparison.Ordinal) || name.EndsWith(".txt.gz", StringComparison.Ordinal);
            for (var number = 1L; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
            {
                if (plain || line.AsSpan().Trim().Length > 0)
                {
                    yield return plain ? line : Text(line, textKey, name, number);
                }
            }
        }
    }

    private static StreamReader Open(string path, string name)
    {
        try
        {
            Stream stream = File.OpenRead(path);
            return new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"The data set {name} cannot be read: {e.Message}", e);
        }
    }

    private static string Text(string line, string textKey, string name, long number)
    {
        try
        {
            var node = textKey.Split('.').Aggregate(JsonNode.Parse(line), (n, key) => (n as JsonObject)?[key]);
            if (node is JsonValue value && value.TryGetValue(out string? text))
            {
                return text;
            }
        }
        catch (JsonException e)
        {
            throw new JobFailedException(FormattableString.Invariant($"{name}:{number}: this is no JSON: {e.Message}"), e);
        }

        throw new JobFailedException(FormattableString.Invariant($"{name}:{number}: the row has no text under \"{textKey}\"."));
    }
}
