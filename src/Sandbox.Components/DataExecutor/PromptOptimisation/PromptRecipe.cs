using System.Text.Json.Nodes;
using Sandbox.Components.ChatServers;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution;
using Sandbox.Data.Rows;

namespace Sandbox.Components.DataExecutor.PromptOptimisation;

/// <summary>A recipe of the operator <c>optimize_prompt_mapper</c>, which asks a model and so is no operator of the data
/// engine. It runs here where it is the recipe's only operator.</summary>
internal static class PromptRecipe
{
    public const string Operator = "optimize_prompt_mapper";

    // Keys that every operator of upstream has and that mean nothing here.
    private static readonly string[] Ignored =
    [
        "text_key", "image_key", "audio_key", "video_key", "query_key", "response_key", "history_key", "index_key", "system_key",
        "num_proc", "skip_op_error", "accelerator", "cpu_required", "gpu_required", "mem_required", "num_cpus", "num_gpus", "memory",
        "turbo", "work_dir", "batch_mode", "ray_execution_mode", "runtime_env", "auto_op_parallelism",
    ];

    /// <summary>Whether the recipe names the operator.</summary>
    public static bool Is(Recipe recipe) => recipe.Process.Any(o => o.Name == Operator);

    /// <summary>All that is wrong with the operator, and what else stands in the recipe.</summary>
    public static OptimizePromptOptions Check(Recipe recipe, ICollection<OptionFault> faults)
    {
        var config = recipe.Process.First(o => o.Name == Operator);
        if (recipe.Process.Count > 1)
        {
            faults.Add(new OptionFault(config.Key, "must be the only operator of its recipe: put the others into a job of their own."));
        }

        var inner = new List<OptionFault>();
        var options = (OptimizePromptOptions)OptionsBinder.Bind(typeof(OptimizePromptOptions), config.Arguments, inner, Ignored);
        inner.ForEach(f => faults.Add(f with { Key = f.Key.Length == 0 ? config.Key : $"{config.Key}.{f.Key}" }));
        return options;
    }

    /// <summary>Runs the recipe: reads in batches, writes the rows of each with the new ones.</summary>
    public static async Task<RecipeResult> RunAsync(Recipe recipe, HookContext context, CancellationToken cancellationToken)
    {
        var faults = new List<OptionFault>();
        var options = Check(recipe, faults);
        if (faults.Count > 0 || string.IsNullOrEmpty(recipe.Settings.ExportPath))
        {
            throw new JobFailedException(string.Join(' ', faults.Select(f => $"dj_configs.{f.Key}: {f.Message}").DefaultIfEmpty("dj_configs.export_path is required.")));
        }

        var time = context.Component.Time;
        var started = time.GetTimestamp();
        using var server = new ChatServer(options.Server, time, context.Logger);
        var optimiser = new PromptOptimiser(options, server, context.Logger);
        await using var writer = new DatasetWriter(context.Files.ResolveWrite(recipe.Settings.ExportPath));
        var read = 0L;
        await foreach (var batch in BatchesAsync(recipe, options.BatchSize, context, cancellationToken))
        {
            read += batch.Count;
            foreach (var row in await optimiser.RunAsync(batch, cancellationToken))
            {
                await writer.WriteAsync(new Row(row), cancellationToken);
            }
        }

        await writer.CommitAsync(cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        return new RecipeResult(
            read, 0, writer.Rows, 0, [], [new OperatorReport(Operator, 0, read, 0, 0, 0, [], elapsed)],
            recipe.Settings.ExportPath, null, 0, elapsed);
    }

    private static async IAsyncEnumerable<List<JsonObject>> BatchesAsync(
        Recipe recipe, int size, HookContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<JsonObject>();
        var reader = DatasetReader.Open([.. recipe.Sources.Paths], context.Files, recipe.Settings.Suffixes);
        await foreach (var row in reader.ReadAsync(cancellationToken: cancellationToken))
        {
            batch.Add(row.ToJson());
            if (batch.Count == size)
            {
                yield return batch;
                batch = [];
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
