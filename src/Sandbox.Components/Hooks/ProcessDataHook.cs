using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataExecutor;
using Sandbox.Components.DataPools;
using Sandbox.Components.DataExecutor.PromptOptimisation;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Components.Validation;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;

namespace Sandbox.Components.Hooks;

/// <summary>Runs a recipe over a data set and gives the full path of the result. What each operator did is watched under
/// <c>META_NAME.process</c>.</summary>
/// <param name="engines">Chooses the engine.</param>
internal sealed partial class ProcessDataHook(JobEngine engines) : IHook, IInspectedHook
{
    private const int ListedProblems = 10;

    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProcessDataHook),
        [Stage.Execute],
        FactoryNames.DataExecutor,
        "Processes a data set with a recipe.",
        UsesDjConfigs: true,
        UsesExtraConfigs: false)
    {
        OptionsType = typeof(EngineOptions),
    };

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft) => RecipeRules.CheckRun(job, draft, forAnalysis: false);

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var recipe = JobRecipe.Of(context);
        var asksModel = PromptRecipe.Is(recipe);
        var upstream = asksModel ? null : await engines.ChooseAsync(recipe, context, forAnalysis: false, cancellationToken);
        var result = asksModel
            ? await PromptRecipe.RunAsync(recipe, context, cancellationToken)
            : upstream is not null
            ? await upstream.ProcessAsync(recipe, cancellationToken)
            : await EngineCall.RunAsync(() => RecipeExecutor.RunAsync(
                recipe, context.Files, Options(recipe, context), context.Component.Progress, cancellationToken));
        context.Watcher.Watch(context.Job.WatchName + ".process", ProcessReport.Of(result));
        Say(context.Logger, result);
        return HookResult.One(JsonValue.Create(result.ExportPath));
    }

    // Whoever takes the attempt up again finds the checkpoints there.
    private static DataRunOptions Options(Recipe recipe, HookContext context) => new()
    {
        Time = context.Component.Time,
        CheckpointDirectory = recipe.Settings.UseCheckpoint
            ? Path.GetDirectoryName(context.Files.Lasting(Path.Combine("checkpoints", "x")))
            : null,
    };

    private static void Say(ILogger logger, RecipeResult result)
    {
        LogProcessed(logger, result.RowsOut, result.RowsIn, result.ExportPath);
        RowLog.BadRows(logger, result.BadRows, result.BadRowCount);
        foreach (var failing in result.Operators.Where(o => o.Errors > 0))
        {
            LogOperatorErrors(logger, failing.Name, failing.Errors, string.Join("; ", failing.FirstErrors.Take(ListedProblems)));
        }

        if (result.RowsOut == 0)
        {
            var most = result.Operators.MaxBy(o => o.Dropped);
            LogNothingLeft(logger, result.ExportPath, most?.Name ?? "nothing", most?.Dropped ?? 0);
        }
    }

    [LoggerMessage(3501, LogLevel.Information, "{RowsOut} of {RowsIn} rows written to {Path}")]
    private static partial void LogProcessed(ILogger logger, long rowsOut, long rowsIn, string path);

    [LoggerMessage(3503, LogLevel.Warning, "{Operator} failed on {Rows} rows, which stay as they were: {Reasons}")]
    private static partial void LogOperatorErrors(ILogger logger, string @operator, long rows, string reasons);

    [LoggerMessage(3504, LogLevel.Warning, "{Path} is empty: no row is left. Most rows were dropped by {Operator} ({Rows}); look at its bounds")]
    private static partial void LogNothingLeft(ILogger logger, string path, string @operator, long rows);
}
