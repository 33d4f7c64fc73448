using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Recipes;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Promotion;

/// <summary>Writes the recipe that a run or a sweep came to for a large data set: once for one machine, once for Data-Juicer on
/// Ray.</summary>
public sealed class RecipePromotion
{
    private static readonly string[] OfTheSample = ["dataset", "dataset_path", "export_path", "work_dir", "np"];
    private readonly ChosenRecipes _chosen;

    internal RecipePromotion(ChosenRecipes chosen) => _chosen = chosen;

    /// <summary>Writes <c>recipe.yaml</c> and, where it can run there, <c>recipe-ray.yaml</c>.</summary>
    /// <exception cref="FaultException">There is no such run, no recipe, several, or no such data.</exception>
    public async Task<PromotedRecipe> WriteAsync(PromotionRequest request, CancellationToken cancellationToken)
    {
        var chosen = await _chosen.FindAsync(request.Run, request.Job, cancellationToken);
        var data = DataPath(request, chosen.Run);
        var recipe = ForLargeData(chosen.Recipe, data, request.ExportPath ?? Path.Combine(request.Directory, "processed.jsonl"));
        Directory.CreateDirectory(request.Directory);
        var path = Path.Combine(request.Directory, "recipe.yaml");
        await WholeFile.WriteTextAsync(path, Head(chosen) + recipe.ToYaml(), cancellationToken);
        var obstacles = RayRecipe.Obstacles(recipe);
        var (rayPath, notes) = obstacles.Count > 0 ? (null, []) : await WriteRayAsync(chosen, recipe, request, cancellationToken);
        return new PromotedRecipe(chosen.Run.Id, chosen.Job, chosen.Trial, path, rayPath, notes, obstacles);
    }

    private static async Task<(string Path, IReadOnlyList<string> Notes)> WriteRayAsync(
        ChosenRecipe chosen, Recipe recipe, PromotionRequest request, CancellationToken cancellationToken)
    {
        var (ray, notes) = RayRecipe.Of(recipe, request.RayAddress);
        ray["export_path"] = OnRay(recipe.Settings.ExportPath!);
        var path = Path.Combine(request.Directory, "recipe-ray.yaml");
        await WholeFile.WriteTextAsync(path, Head(chosen) + Recipe.Parse(ray).ToYaml(), cancellationToken);
        return (path, notes);
    }

    // Ray writes a directory of parts; its format is the suffix of its name.
    private static string OnRay(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, $"{Path.GetFileNameWithoutExtension(path)}-ray{Path.GetExtension(path)}");

    private static Recipe ForLargeData(Recipe recipe, string data, string export)
    {
        var result = new JsonObject();
        foreach (var (key, value) in recipe.Source.Where(p => !OfTheSample.Contains(p.Key, StringComparer.Ordinal) && p.Key != "process"))
        {
            result[key] = value?.DeepClone();
        }

        result["dataset_path"] = data;
        result["export_path"] = export;
        result["process"] = recipe.Source["process"]?.DeepClone();
        return Recipe.Parse(result);
    }

    private static string DataPath(PromotionRequest request, RunView run)
    {
        if (string.IsNullOrWhiteSpace(request.Dataset))
        {
            throw new FaultException("Which data? Give the large data set: --dataset PATH");
        }

        if (request.IsElsewhere || request.Dataset.Contains("://", StringComparison.Ordinal))
        {
            return request.Dataset;
        }

        var path = Path.GetFullPath(request.Dataset);
        return Path.Exists(path) || path.AsSpan().IndexOfAny('*', '?') >= 0
            ? path
            : throw new FaultException($"{request.Dataset} does not exist (looked for {path}). Mend the path; for data that lie on another machine add --elsewhere. Run {run.Id} is untouched.");
    }

    private static string Head(ChosenRecipe chosen)
    {
        var text = new StringBuilder();
        text.Append("# The recipe of job ").Append(chosen.Job).Append(" of run ").Append(chosen.Run.Id).Append(" (").Append(chosen.Run.Name).Append(").\n");
        foreach (var line in chosen.Origin)
        {
            text.Append("# ").Append(line.ReplaceLineEndings(" ")).Append('\n');
        }

        return text.ToString();
    }
}
