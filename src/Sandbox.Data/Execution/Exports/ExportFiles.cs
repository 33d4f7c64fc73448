using Sandbox.Core.Components;
using Sandbox.Core.Recipes;

namespace Sandbox.Data.Execution.Exports;

/// <summary>Opens the export of a recipe.</summary>
internal static class ExportFiles
{
    public static IExport Open(ExportTarget target, IJobFiles files, RecipeSettings settings) => settings.ExportShardSize > 0
        ? new ShardedExport(target, files, settings)
        : Whole(target, files.ResolveWrite(target.Path), files.Scratch("export.rows"), settings.TextKeys[0]);

    /// <summary>One file.</summary>
    public static IExport Whole(ExportTarget target, string path, string scratch, string textKey) => target.Type switch
    {
        "csv" => new TableExport(path, target.Compression, ",", scratch),
        "tsv" => new TableExport(path, target.Compression, "\t", scratch),
        "txt" => new TextExport(path, target.Compression, textKey),
        _ => new ExportFile(path, target.Type == "json", target.Compression),
    };
}
