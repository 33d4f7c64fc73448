using Sandbox.Core.Recipes;

namespace Sandbox.Data.Execution;

/// <summary>Where a recipe writes, by the names that upstream gives.</summary>
/// <param name="Path">The export.</param>
/// <param name="StatsPath">The file of statistics beside it.</param>
/// <param name="Type"><c>jsonl</c> or <c>json</c> where the embedded engine can write it.</param>
internal sealed record ExportTarget(string Path, string StatsPath, string Type)
{
    public bool IsList => Type == "json";

    public static ExportTarget Of(Recipe recipe)
    {
        var path = recipe.Settings.ExportPath ?? string.Empty;
        var suffix = System.IO.Path.GetExtension(path);
        var type = (recipe.Settings.ExportType ?? suffix.TrimStart('.')).ToLowerInvariant();
        var stats = (suffix.Length > 0 ? path[..^suffix.Length] : path) + "_stats.jsonl";
        return new ExportTarget(path, stats, type);
    }
}
