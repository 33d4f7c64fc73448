using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;

namespace Sandbox.Cli.CommandLine;

/// <summary>Reads and checks recipes for the commands that take one.</summary>
internal static class RecipeFiles
{
    /// <summary>The recipe, or null with all its faults: nothing has run then.</summary>
    /// <param name="path">The recipe.</param>
    /// <param name="overrides">Settings from the command line, <c>--key value</c>, which come before what is written.</param>
    /// <param name="forAnalysis">Whether it is only analysed.</param>
    /// <param name="choose">Says which engine runs it; only what the embedded one runs is checked by its rules.</param>
    /// <param name="faults">Receives all faults.</param>
    public static Recipe? Read(string path, IReadOnlyList<string> overrides, bool forAnalysis, Func<Recipe, bool> choose, out IReadOnlyList<Fault> faults)
    {
        var found = new List<Fault>();
        faults = found;
        if (ReadBytes(path, found) is not { } bytes)
        {
            return null;
        }

        var node = ConfigParser.Parse(bytes, path, found);
        if (found.Count > 0)
        {
            return null;
        }

        if (node is not ConfigMapping map)
        {
            found.Add(new Fault(new SourceLocation(path, 1, 1), "a recipe is a mapping of options such as dataset_path, export_path and process."));
            return null;
        }

        node = RecipeOverrides.Apply(map, overrides, Recipe.Keys, found);
        var source = (JsonObject)node.ToJson()!;
        if (found.Count > 0)
        {
            return null;
        }

        var options = new List<OptionFault>();
        var recipe = Recipe.Parse(source, options);
        var more = choose(recipe) ? RecipeValidator.Check(recipe, forAnalysis) : [];
        options.AddRange(more.Concat(MissingData(recipe)).Where(f => options.All(o => o.Key != f.Key)).ToList());

        found.AddRange(options.Select(f => new Fault(
            DottedPlace.Of(node, f.Key) ?? new SourceLocation(path, 1, 1), f.Key.Length == 0 ? f.Message : $"{f.Key}: {f.Message}")));
        return found.Count == 0 ? recipe : null;
    }

    private static byte[]? ReadBytes(string path, List<Fault> faults)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a directory"
                : e is FileNotFoundException or DirectoryNotFoundException ? $"it does not exist (looked for {Path.GetFullPath(path)})"
                : FileFault.Reason(e);
            faults.Add(new Fault(new SourceLocation(path, 0, 0), $"the recipe cannot be read: {reason}."));
            return null;
        }
    }

    private static IEnumerable<OptionFault> MissingData(Recipe recipe) => recipe.Sources.Items
        .Where(s => s.Type == RecipeSource.Local).Select(s => s.Path)
        .Where(p => p.AsSpan().IndexOfAny('*', '?') < 0 && !Path.Exists(p))
        .Select(p => new OptionFault("dataset_path", $"\"{p}\" does not exist (looked for {Path.GetFullPath(p)})."));
}
