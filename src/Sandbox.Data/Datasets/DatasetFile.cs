namespace Sandbox.Data.Datasets;

/// <summary>The formats that the embedded engine reads.</summary>
internal enum DatasetFormat
{
    JsonLines,
    Json,
    Csv,
    Tsv,
    PlainText,
}

/// <summary>A file of a data set.</summary>
/// <param name="Name">As the user names it, for messages.</param>
/// <param name="Path">The file that is read.</param>
/// <param name="Format">What it holds.</param>
/// <param name="Suffix">Its suffix, as in <c>.jsonl</c>.</param>
internal sealed record DatasetFile(string Name, string Path, DatasetFormat Format, string Suffix)
{
    private static readonly Dictionary<string, DatasetFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jsonl"] = DatasetFormat.JsonLines,
        [".ndjson"] = DatasetFormat.JsonLines,
        [".json"] = DatasetFormat.Json,
        [".csv"] = DatasetFormat.Csv,
        [".tsv"] = DatasetFormat.Tsv,
        [".txt"] = DatasetFormat.PlainText,
        [".text"] = DatasetFormat.PlainText,
    };

    public static string Known => ".jsonl, .json, .csv, .tsv, .txt, each also with .gz or .zst";

    /// <summary>The file, or null where its suffix names no format that can be read.</summary>
    public static DatasetFile? Of(string name, string path)
    {
        var plain = path[..^Compression.SuffixOf(path).Length];
        var suffix = System.IO.Path.GetExtension(plain);
        return Formats.TryGetValue(suffix, out var format) ? new DatasetFile(name, path, format, suffix.ToLowerInvariant()) : null;
    }
}
