using System.Text.Json.Nodes;
using Sandbox.Components.DataExecutor;
using Sandbox.Components.DataPools;
using Sandbox.Components.ModelProbe;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;
using Sandbox.Data.Rows;

namespace Sandbox.Components.RecipeRefinement.ModelFeedback;

/// <summary>Measures scored samples by the filters of a recipe.</summary>
internal static class ProbedSamples
{
    public static async Task<IReadOnlyList<ProbedSample>> MeasureAsync(
        JsonObject recipe, string samples, HookContext context, CancellationToken cancellationToken)
    {
        var names = new List<bool>();
        await foreach (var row in DataPool.ReadAsync(samples, context.Component, cancellationToken))
        {
            names.Add((string?)row[ScoredSamples.Field]?["name"] == ScoreFences.Dirty);
        }

        var statistics = await StatisticsAsync(recipe, samples, context, cancellationToken);
        return statistics.Count == names.Count
            ? [.. names.Zip(statistics, (isDirty, s) => new ProbedSample(isDirty, s))]
            : throw new JobFailedException(FormattableString.Invariant(
                $"{samples} has {names.Count} samples, and {statistics.Count} of them could be measured: is its text under the recipe's text_keys?"));
    }

    private static async Task<List<JsonObject>> StatisticsAsync(
        JsonObject recipe, string samples, HookContext context, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(context.Files.Scratch("feedback/x"))!;
        var export = Path.Combine(directory, "measured.jsonl");
        var measuring = Recipe.Parse(recipe).With("dataset_path", context.Files.ResolveRead(samples)).With("export_path", export);
        var result = await EngineCall.RunAsync(() => Analyzer.RunAsync(
            measuring, null, new DirectFiles(directory, directory), new DataRunOptions { Time = context.Component.Time }, context.Component.Progress, cancellationToken));
        var rows = new List<JsonObject>();
        await foreach (var line in File.ReadLinesAsync(result.StatsPath, cancellationToken))
        {
            rows.Add(JsonNode.Parse(line)![ColumnNames.Stats] as JsonObject ?? []);
        }

        return rows;
    }
}
