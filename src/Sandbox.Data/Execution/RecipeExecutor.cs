using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution.Exports;
using Sandbox.Data.Execution.Resuming;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>Runs a recipe over a data set: streaming, in parallel, in order; the export appears whole or not at all.</summary>
public static class RecipeExecutor
{
    /// <summary>Runs the recipe. Beside the export comes <c>X_stats.jsonl</c>, and the scratch file <c>trace.jsonl</c>
    /// says which operator dropped or changed which row.</summary>
    /// <exception cref="FaultException">The recipe is wrong; see <see cref="RecipeValidator"/>.</exception>
    /// <exception cref="JobFailedException">The data cannot be read or written, is empty, or holds more malformed rows
    /// than <c>max_bad_rows</c> allows; an operator failed and <c>skip_op_error</c> is off.</exception>
    public static async Task<RecipeResult> RunAsync(
        Recipe recipe, IJobFiles files, DataRunOptions options, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        RecipeValidator.Ensure(recipe);
        var plan = RecipePlan.Of(recipe);
        var started = options.Time.GetTimestamp();
        var data = RecipeData.Open(recipe, files);
        var trace = new TraceFile(files.Scratch("trace.jsonl"));
        var (folder, monitor) = (TraceFolder.Of(recipe, plan), recipe.Settings.OpenMonitor ? new MonitorFile(options.Time) : null);
        await using (trace)
        {
            var tally = new RunTally(recipe, plan, options, trace, folder, monitor, progress, data.TotalBytes);
            var target = ExportTarget.Of(recipe);
            var withStats = plan.Operators.Any(o => o.Descriptor.Statistics.Count > 0 || o.Descriptor.Tags);
            monitor?.Sample();
            var checkpoints = Checkpoints.Of(recipe, plan, data, files, options, tally, folder);
            await WriteAsync(new RowPipeline(recipe, plan, files, options, tally, folder, checkpoints), data, recipe, target, withStats, files, tally, trace, cancellationToken);
            await trace.CommitAsync(cancellationToken);
            await (folder?.WriteAsync(files, cancellationToken) ?? Task.CompletedTask);
            monitor?.Sample();
            var result = new RecipeResult(
                tally.RowsIn, tally.RowsWithoutText, tally.RowsOut, tally.BadCount, tally.Bad, tally.Reports(),
                target.Path, withStats ? target.StatsPath : null, tally.BytesRead, options.Time.GetElapsedTime(started));
            await (monitor?.WriteAsync(recipe, files, result, cancellationToken) ?? Task.CompletedTask);
            checkpoints?.Remove();
            return result;
        }
    }

    private static async Task WriteAsync(
        RowPipeline pipeline, RecipeData data, Recipe recipe, ExportTarget target, bool withStats,
        IJobFiles files, RunTally tally, TraceFile trace, CancellationToken cancellationToken)
    {
        var settings = recipe.Settings;
        var shape = new RowShape(settings.KeepStats, settings.KeepStats, settings.KeepHashes, Rounded: true);
        var export = ExportFiles.Open(target, files, settings);
        var stats = withStats ? new ExportFile(files.ResolveWrite(target.StatsPath), isList: false) : null;
        try
        {
            await foreach (var batch in pipeline.RunAsync(data, shape, withStats, cancellationToken))
            {
                using (batch)
                {
                    await export.WriteAsync(batch.Export!.Written, cancellationToken);
                    await (stats?.WriteAsync(batch.Stats!.Written, cancellationToken) ?? ValueTask.CompletedTask);
                }

                await trace.FlushAsync(cancellationToken);
            }

            tally.End();
            await (stats?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            await export.CommitAsync(cancellationToken);
        }
        finally
        {
            await export.DisposeAsync();
            await (stats?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
