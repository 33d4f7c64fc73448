using Sandbox.Core.Recipes;

namespace Sandbox.Data.Execution.Exports;

/// <summary>Where a recipe writes, by the names that upstream gives.</summary>
/// <param name="Path">The export.</param>
/// <param name="StatsPath">The file of statistics beside it.</param>
/// <param name="Type">One of <see cref="Types"/> where the embedded engine can write it.</param>
/// <param name="Compression">Suffix of the compression; empty for none.</param>
internal sealed record ExportTarget(string Path, string StatsPath, string Type, string Compression)
{
    /// <summary>The types that can be written.</summary>
    public static IReadOnlyList<string> Types { get; } = ["jsonl", "json", "csv", "tsv", "txt"];

    public static ExportTarget Of(Recipe recipe)
    {
        var path = recipe.Settings.ExportPath ?? string.Empty;
        var compression = Datasets.Compression.SuffixOf(path);
        var plain = path[..^compression.Length];
        var suffix = System.IO.Path.GetExtension(plain);
        var type = (recipe.Settings.ExportType ?? suffix.TrimStart('.')).ToLowerInvariant();
        var stats = (suffix.Length > 0 ? plain[..^suffix.Length] : plain) + "_stats.jsonl";
        return new ExportTarget(path, stats, type, compression);
    }

    /// <summary>The name of one of several parts, as in <c>result-00-of-05.jsonl</c>.</summary>
    public string Part(int index, int count)
    {
        var directory = System.IO.Path.GetDirectoryName(Path) ?? string.Empty;
        var name = System.IO.Path.GetFileName(Path).Split('.')[0];
        var width = count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + 1;
        var digits = new string('0', width);
        return System.IO.Path.Combine(directory, string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{name}-{index.ToString(digits, System.Globalization.CultureInfo.InvariantCulture)}-of-{count.ToString(digits, System.Globalization.CultureInfo.InvariantCulture)}.{Type}{Compression}"));
    }
}
