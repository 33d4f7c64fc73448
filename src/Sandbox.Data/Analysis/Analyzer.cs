using System.Text;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis.Figures;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution;
using Sandbox.Data.Execution.Exports;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis;

/// <summary>Measures a data set by the filters of a recipe and drops nothing. Memory does not grow with the data set.</summary>
public static class Analyzer
{
    private static readonly double[] DefaultPercentiles = [0.25, 0.5, 0.75];

    /// <summary>Runs the analysis: statistics of every row go to <c>X_stats.jsonl</c> beside the export path, the overall
    /// figures to <c>analysis/overall.csv</c> and <c>overall.md</c>, the rows to the export path only with
    /// <c>export_original_dataset</c>.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="analysisDirectory">Where the overall figures go; null takes <c>analysis</c> in the directory of the
    /// recipe's export path.</param>
    /// <param name="files">Translates paths.</param>
    /// <param name="options">How to run.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="FaultException">The recipe is wrong or has no filter.</exception>
    /// <exception cref="JobFailedException">As <see cref="RecipeExecutor.RunAsync"/>.</exception>
    public static async Task<AnalysisResult> RunAsync(
        Recipe recipe, string? analysisDirectory, IJobFiles files, DataRunOptions options, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        RecipeValidator.Ensure(recipe, forAnalysis: true);
        var plan = RecipePlan.Of(OnlyFilters(recipe)).Measuring();
        var started = options.Time.GetTimestamp();
        var data = RecipeData.Open(recipe, files);
        var target = ExportTarget.Of(recipe);
        var trace = new TraceFile(files.Scratch("trace.jsonl"));
        await using (trace)
        {
            var tally = new RunTally(recipe, plan, options, trace, null, null, progress, data.TotalBytes);
            using var columns = new StatisticColumns(files);
            var figures = new AnalysisFigures(recipe.Settings.BreakdownBy);
            await MeasureAsync(new RowPipeline(recipe, plan, files, options, tally, null), data, recipe, target, columns, figures, files, tally, cancellationToken);
            await trace.CommitAsync(cancellationToken);
            var directory = analysisDirectory ?? Path.Combine(recipe.WorkDirectory, "analysis");
            var columnFigures = columns.ToFigures();
            var table = columns.Describe([.. DefaultPercentiles.Concat(recipe.Settings.Percentiles).Distinct().Order()]);
            var overall = Path.Combine(directory, "overall.csv");
            await WriteAsync(files.ResolveWrite(overall), table.ToCsv(), cancellationToken);
            await WriteAsync(files.ResolveWrite(Path.Combine(directory, "overall.md")), table.ToMarkdown(), cancellationToken);
            foreach (var (name, content) in figures.Files(string.Join(", ", recipe.Sources.Paths), columnFigures, table))
            {
                await WriteAsync(files.ResolveWrite(Path.Combine(directory, name)), content, cancellationToken);
            }

            return new AnalysisResult(
                table.ToFigures(), tally.RowsOut, tally.RowsIn, tally.BadCount, tally.Bad, tally.Reports(),
                target.Path, target.StatsPath, overall, Path.Combine(directory, "report.html"), options.Time.GetElapsedTime(started));
        }
    }

    private static Recipe OnlyFilters(Recipe recipe)
    {
        var filters = recipe.Process.Where(o => OperatorRegistry.Find(o.Name)?.Kind == OperatorKind.Filter).Select(o => o.Position).ToHashSet();
        if (filters.Count == 0)
        {
            throw new FaultException("process: holds no filter, so there is nothing to measure: add the filters whose statistics you want to see.");
        }

        var process = (System.Text.Json.Nodes.JsonArray)recipe.Source["process"]!;
        return recipe.With("process", new System.Text.Json.Nodes.JsonArray([.. process.Where((_, i) => filters.Contains(i)).Select(n => n?.DeepClone())]));
    }

    private static async Task MeasureAsync(
        RowPipeline pipeline, RecipeData data, Recipe recipe, ExportTarget target, StatisticColumns columns, AnalysisFigures figures,
        IJobFiles files, RunTally tally, CancellationToken cancellationToken)
    {
        var shape = recipe.Settings.ExportOriginalDataset ? new RowShape(Stats: true, Meta: true, recipe.Settings.KeepHashes, Rounded: true) : null;
        var stats = new ExportFile(files.ResolveWrite(target.StatsPath), isList: false);
        var export = shape is null ? null : ExportFiles.Open(target, files, recipe.Settings);
        try
        {
            await foreach (var batch in pipeline.RunAsync(data, shape, withStats: true, cancellationToken))
            {
                using (batch)
                {
                    batch.Rows.ForEach(row =>
                    {
                        columns.Add(row.Stats);
                        figures.Add(row);
                    });
                    await stats.WriteAsync(batch.Stats!.Written, cancellationToken);
                    await (export?.WriteAsync(batch.Export!.Written, cancellationToken) ?? ValueTask.CompletedTask);
                }
            }

            tally.End();
            await stats.CommitAsync(cancellationToken);
            await (export?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
        }
        finally
        {
            await stats.DisposeAsync();
            await (export?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var file = new AtomicFile(path);
        await using (file)
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            await file.CommitAsync(cancellationToken);
        }
    }
}
