using System.Text.Json.Nodes;
using Sandbox.Components.DataExecutor;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;
using Sandbox.Data.Operators;
using Sandbox.Data.Sampling;

namespace Sandbox.Components.ModelProbe;

/// <summary>Draws the samples that a model is probed with: a share of the data set, at random, after the mappers of the
/// recipe. What a mapper mends must not count as dirty.</summary>
internal static class ProbeSample
{
    public const string Ratio = "data_probe_ratio";
    public const string Algorithm = "data_probe_algo";
    public const string Uniform = "uniform";
    private const long Seed = 42;

    /// <summary>Draws and maps; gives the file.</summary>
    public static async Task<string> DrawAsync(Recipe recipe, HookContext context, CancellationToken cancellationToken)
    {
        var drawn = context.Files.Scratch("probe-drawn.jsonl");
        await DrawAsync(recipe, Share(recipe), drawn, context, cancellationToken);
        var mappers = Mappers(recipe);
        return mappers.Count == 0 ? drawn : await MapAsync(recipe, mappers, drawn, context, cancellationToken);
    }

    /// <summary>The share to draw; a recipe without one means all.</summary>
    public static double Share(Recipe recipe) =>
        recipe.Source[Ratio] is JsonValue value && value.TryGetValue(out double ratio) ? ratio : 1;

    private static async Task DrawAsync(Recipe recipe, double share, string file, HookContext context, CancellationToken cancellationToken)
    {
        var counts = new List<int>();
        foreach (var path in recipe.Sources.Paths)
        {
            counts.Add(await DataPool.CountAsync(path, context.Component, cancellationToken));
        }

        var rows = counts.Sum();
        var wanted = (int)Math.Round(rows * share);
        if (wanted == 0)
        {
            throw new JobFailedException(FormattableString.Invariant($"there is nothing to probe: {share} of {rows} rows."));
        }

        var chosen = new System.Collections.BitArray(rows);
        foreach (var index in new NumpyRandom(Seed).Permutation(rows).Take(wanted))
        {
            chosen[index] = true;
        }

        await WholeFile.WriteAsync(file, async output =>
        {
            var row = 0;
            foreach (var path in recipe.Sources.Paths)
            {
                await foreach (var line in DataPool.LinesAsync(path, context.Component, cancellationToken))
                {
                    if (chosen[row++])
                    {
                        await output.WriteAsync(line, cancellationToken);
                    }
                }
            }
        });
    }

    private static List<JsonNode?> Mappers(Recipe recipe) => recipe.Process.Count == 0
        ? []
        : [.. recipe.Process.Where(o => OperatorRegistry.Find(o.Name)?.Kind == OperatorKind.Mapper).Select(o => recipe.Source["process"]![o.Position])];

    private static async Task<string> MapAsync(
        Recipe recipe, List<JsonNode?> mappers, string drawn, HookContext context, CancellationToken cancellationToken)
    {
        var mapped = context.Files.Scratch("probe-mapped.jsonl");
        var mapping = recipe.With("process", new JsonArray([.. mappers.Select(m => m?.DeepClone())]))
            .With("dataset_path", drawn).With("export_path", mapped);

        // Everything stays in the attempt's own directory: the paths mean themselves.
        var directory = Path.GetDirectoryName(mapped)!;
        await EngineCall.RunAsync(() => RecipeExecutor.RunAsync(
            mapping, new DirectFiles(directory, directory), new DataRunOptions { Time = context.Component.Time }, context.Component.Progress, cancellationToken));
        return mapped;
    }
}
