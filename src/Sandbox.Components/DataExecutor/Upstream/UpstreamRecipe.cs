using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Files;
using Sandbox.Core.Recipes;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>A recipe for the real Data-Juicer: its paths are those of the job, without what only the embedded engine knows.</summary>
internal sealed class UpstreamRecipe
{
    private static readonly string[] OnlyEmbedded = ["max_bad_rows", "sample_by", "breakdown_by"];
    private readonly Recipe _recipe;
    private readonly IJobFiles _files;
    private readonly string _directory;
    private readonly string _export;

    /// <summary>Translates a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="files">Translates its paths.</param>
    /// <param name="directory">Where the program writes.</param>
    public UpstreamRecipe(Recipe recipe, IJobFiles files, string directory)
    {
        _recipe = recipe;
        _files = files;
        _directory = Path.GetFullPath(directory);
        _export = Path.Combine(_directory, "export", Path.GetFileName(recipe.Settings.ExportPath!));
        StatsPath = Path.ChangeExtension(recipe.Settings.ExportPath!, null) + "_stats.jsonl";
    }

    /// <summary>The statistics of every row, as the user would name them.</summary>
    public string StatsPath { get; }

    /// <summary>Whether the statistics were written.</summary>
    public bool HasStats => File.Exists(Path.Combine(ExportDirectory, Path.GetFileName(StatsPath)));

    private string ExportDirectory => Path.GetDirectoryName(_export)!;

    /// <summary>Writes the recipe and gives its path. Who takes the job up again finds it written: the program runs with it.</summary>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(ExportDirectory);
        var path = Path.Combine(_directory, "recipe.yaml");
        if (!File.Exists(path))
        {
            await WholeFile.WriteTextAsync(path, Translated().ToYaml(), cancellationToken);
        }

        return path;
    }

    /// <summary>The export: one file, its parts, or the files of a directory as Ray writes it.</summary>
    public IReadOnlyList<string> ExportedFiles()
    {
        var parts = Directory.EnumerateFiles(ExportDirectory, $"{Path.GetFileNameWithoutExtension(_export)}-*-of-*{Path.GetExtension(_export)}");
        IEnumerable<string> found = File.Exists(_export) ? [_export]
            : Directory.Exists(_export) ? Directory.EnumerateFiles(_export, "*", SearchOption.AllDirectories)
            : parts;
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Brings the export and what stands beside it to the place that the recipe names.</summary>
    public void TakeExport() => TakeFolder("export", Path.GetDirectoryName(_recipe.Settings.ExportPath!) ?? string.Empty);

    /// <summary>Brings a folder that the program wrote to its configured place.</summary>
    public void TakeFolder(string folder, string target)
    {
        var source = Path.Combine(_directory, folder);
        foreach (var file in Directory.Exists(source) ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories) : [])
        {
            KeptFile.Keep(file, _files.ResolveWrite(Path.Combine(target, Path.GetRelativePath(source, file))));
        }
    }

    private Recipe Translated()
    {
        var source = (JsonObject)_recipe.Source.DeepClone();
        foreach (var key in OnlyEmbedded)
        {
            source.Remove(key);
        }

        SetData(source);
        source["export_path"] = _export;
        source["work_dir"] = _directory;

        // Its cache would serve the result of a run that failed in part.
        source.TryAdd("use_cache", false);
        source.TryAdd("open_monitor", false);
        return Recipe.Parse(source);
    }

    private void SetData(JsonObject source)
    {
        if (_recipe.Sources.Items.Count == 0 || _recipe.Sources.Items.Any(i => i.Type != RecipeSource.Local))
        {
            return;
        }

        var paths = _recipe.Sources.Paths.Select(p => Path.GetFullPath(_files.ResolveRead(p))).ToList();
        if (paths is [var only] && _recipe.Sources.MaxSampleNum is null && source["dataset"] is null)
        {
            source["dataset_path"] = only.Contains(' ', StringComparison.Ordinal) ? $"'{only}'" : only;
            return;
        }

        source.Remove("dataset_path");
        var configs = paths.Zip(_recipe.Sources.Items, (path, item) => new JsonObject { ["type"] = "local", ["path"] = path, ["weight"] = item.Weight });
        source["dataset"] = new JsonObject { ["configs"] = new JsonArray([.. configs]) };
        if (_recipe.Sources.MaxSampleNum is { } most)
        {
            source["dataset"]!["max_sample_num"] = most;
        }
    }
}
