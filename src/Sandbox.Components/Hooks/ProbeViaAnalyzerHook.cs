using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataExecutor;
using Sandbox.Components.DataPools;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Components.Validation;
using Sandbox.Core.Hooks;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;

namespace Sandbox.Components.Hooks;

/// <summary>Analyses a data set, watches the table of its statistics under the job's meta name and gives the full export
/// path. Where the statistics of every row lie is watched under <c>META_NAME.analysis</c>.</summary>
/// <param name="engines">Chooses the engine.</param>
internal sealed partial class ProbeViaAnalyzerHook(JobEngine engines) : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProbeViaAnalyzerHook),
        [Stage.Probe, Stage.Evaluate],
        FactoryNames.DataAnalyzer,
        "Analyses a data set: the distribution of every statistic of the recipe.",
        UsesDjConfigs: true,
        UsesExtraConfigs: false)
    {
        OptionsType = typeof(EngineOptions),
    };

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft) => RecipeRules.CheckRun(job, draft, forAnalysis: true);

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var recipe = JobRecipe.Of(context);
        var options = new DataRunOptions { Time = context.Component.Time };
        var directory = AnalysisDirectory(context.DjConfigs);
        var upstream = await engines.ChooseAsync(recipe, context, forAnalysis: true, cancellationToken);
        var result = upstream is not null
            ? await upstream.AnalyzeAsync(recipe, directory, cancellationToken)
            : await EngineCall.RunAsync(() => Analyzer.RunAsync(
                recipe, directory, context.Files, options, context.Component.Progress, cancellationToken));
        context.Watcher.Watch(context.Job.WatchName, result.Table.ToJson());
        context.Watcher.Watch(context.Job.WatchName + ".analysis", Summary(result, recipe.Sources.Paths));
        RowLog.BadRows(context.Logger, result.BadRows, result.BadRowCount);
        LogAnalysed(context.Logger, result.Rows, result.OverallPath);
        return HookResult.One(JsonValue.Create(result.ExportPath));
    }

    // Upstream puts it beside the export path as the user wrote it, without iter_N.
    private static string? AnalysisDirectory(JsonObject? recipe) =>
        recipe?["export_path"] is JsonValue value && value.TryGetValue(out string? path)
            ? Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, "analysis")
            : null;

    private static JsonObject Summary(AnalysisResult result, IReadOnlyList<string> dataset) => new()
    {
        ["_type"] = "analysis",
        ["dataset_path"] = new JsonArray([.. dataset.Select(p => JsonValue.Create(p))]),
        ["rows"] = result.Rows,
        ["bad_rows"] = result.BadRowCount,
        ["stats_path"] = result.StatsPath,
        ["overall_path"] = result.OverallPath,
        ["seconds"] = result.Elapsed.TotalSeconds,
    };

    [LoggerMessage(3506, LogLevel.Information, "{Rows} rows analysed; the figures are in {Path}")]
    private static partial void LogAnalysed(ILogger logger, long rows, string path);
}
