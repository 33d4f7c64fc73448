using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.RecipeRefinement;
using Sandbox.Components.Validation;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;

namespace Sandbox.Components.Hooks;

/// <summary>Moves the bounds of a recipe's filters to mean ± k·std of the newest analysis watched under the job's own
/// meta name, and gives the path of the refined recipe.</summary>
internal sealed partial class RefineRecipeViaKSigmaHook : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(RefineRecipeViaKSigmaHook),
        [Stage.Refine],
        Factory: null,
        "Moves the bounds of a recipe's filters to mean ± k standard deviations of the analysed data.",
        UsesDjConfigs: true,
        UsesExtraConfigs: true)
    {
        OptionsType = typeof(KSigmaOptions),
        ReadsWatched = true,
    };

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft)
    {
        RecipeRules.CheckRefined(job, draft);
        if (draft.Known(JobInspector.ExtraConfigs, job.ExtraConfigs) is { } extra)
        {
            var faults = new List<OptionFault>();
            var options = OptionsBinder.Bind(typeof(KSigmaOptions), extra, faults);
            draft.Faults(JobInspector.ExtraConfigs, faults);
            draft.Paths(JobInspector.ExtraConfigs, options);
        }
    }

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var options = BindOptions(context.ExtraConfigs);
        var recipe = context.DjConfigs ?? throw new JobFailedException("dj_configs is missing: it must hold the recipe to refine.");
        var name = context.Job.WatchName;
        var watched = await context.Watcher.QueryAsync(name, cancellationToken);
        var table = StatisticsTable.FromJson(watched) ?? throw new JobFailedException(
            $"no analysis was watched under \"{name}\" in this run: give this job the meta_name of a ProbeViaAnalyzerHook that runs before it.");
        var refinement = KSigmaRefinement.Refine(recipe, table, KSigmaStatistics.Of, options.K);
        foreach (var change in refinement.Changes)
        {
            LogChange(context.Logger, change);
        }

        var file = context.Files.ResolveWrite(options.PathKSigmaRecipe);
        await RecipeFile.WriteAsync(refinement.Recipe, options.PathKSigmaRecipe, file, cancellationToken);
        context.Watcher.Watch(name + ".k_sigma", new JsonObject
        {
            ["_type"] = "k_sigma",
            ["k"] = options.K,
            ["recipe"] = options.PathKSigmaRecipe,
            ["changes"] = refinement.ChangesToJson(),
        });
        return HookResult.One(options.PathKSigmaRecipe);
    }

    private static void LogChange(ILogger logger, KSigmaChange change)
    {
        var old = change.Old?.ToJsonString() ?? "null";
        if (change.New is { } value)
        {
            LogMoved(logger, change.Operator, change.Argument, old, value, change.Reason);
        }
        else if (change.Statistic is not null && !double.IsFinite(change.Std))
        {
            LogNotANumber(logger, change.Operator, change.Argument, old, change.Reason);
        }
        else
        {
            LogStays(logger, change.Operator, change.Argument, old, change.Reason);
        }
    }

    private static KSigmaOptions BindOptions(JsonObject? extra)
    {
        var faults = new List<OptionFault>();
        var options = (KSigmaOptions)OptionsBinder.Bind(typeof(KSigmaOptions), extra ?? [], faults);
        return faults.Count == 0
            ? options
            : throw new JobFailedException(string.Join(' ', faults.Select(f => $"extra_configs.{f.Key}: {f.Message}")));
    }

    [LoggerMessage(3101, LogLevel.Information, "k-sigma: {Operator}.{Argument} {Old} → {New} ({Reason})")]
    private static partial void LogMoved(ILogger logger, string @operator, string argument, string old, double @new, string reason);

    [LoggerMessage(3102, LogLevel.Information, "k-sigma: {Operator}.{Argument} {Old} ({Reason})")]
    private static partial void LogStays(ILogger logger, string @operator, string argument, string old, string reason);

    [LoggerMessage(3103, LogLevel.Warning, "k-sigma: {Operator}.{Argument} {Old} ({Reason}; the analysis has too few rows or values that are no numbers)")]
    private static partial void LogNotANumber(ILogger logger, string @operator, string argument, string old, string reason);
}
