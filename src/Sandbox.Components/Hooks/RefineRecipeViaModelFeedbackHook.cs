using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.RecipeRefinement;
using Sandbox.Components.RecipeRefinement.ModelFeedback;
using Sandbox.Components.Validation;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Moves the bounds of a recipe's filters to where they part the samples that a model found dirty from the others,
/// and gives the path of the refined recipe. The probe is the newest one watched under the job's own meta name.</summary>
internal sealed partial class RefineRecipeViaModelFeedbackHook : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(RefineRecipeViaModelFeedbackHook),
        [Stage.Refine],
        null,
        "Moves the bounds of a recipe's filters to where they part the samples that a model found dirty from the others.",
        UsesDjConfigs: true,
        UsesExtraConfigs: true)
    {
        OptionsType = typeof(ModelFeedbackOptions),
        ReadsWatched = true,
    };

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft)
    {
        RecipeRules.CheckRefined(job, draft);
        if (draft.Known(JobInspector.ExtraConfigs, job.ExtraConfigs) is { } extra)
        {
            var faults = new List<OptionFault>();
            var options = OptionsBinder.Bind(typeof(ModelFeedbackOptions), extra, faults);
            draft.Faults(JobInspector.ExtraConfigs, faults);
            draft.Paths(JobInspector.ExtraConfigs, options);
        }
    }

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var faults = new List<OptionFault>();
        var options = (ModelFeedbackOptions)OptionsBinder.Bind(typeof(ModelFeedbackOptions), context.ExtraConfigs ?? [], faults);
        if (faults.Count > 0)
        {
            throw new JobFailedException(string.Join(' ', faults.Select(f => $"extra_configs.{f.Key}: {f.Message}")));
        }

        var recipe = context.DjConfigs ?? throw new JobFailedException("dj_configs is missing: it must hold the recipe to refine.");
        var name = context.Job.WatchName;
        var samples = (string?)(await context.Watcher.QueryAsync(name, cancellationToken) as JsonObject)?["path"] ?? throw new JobFailedException(
            $"no model probe was watched under \"{name}\" in this run: give this job the meta_name of a ProbeViaModelInferHook that runs before it.");
        var probed = await ProbedSamples.MeasureAsync(recipe, samples, context, cancellationToken);
        var (refined, changes) = ModelFeedbackRefinement.Refine(recipe, probed, options);
        await RecipeFile.WriteAsync(
            refined, options.PathModelFeedbackRecipe, context.Files.ResolveWrite(options.PathModelFeedbackRecipe), cancellationToken);
        Tell(changes, probed, options, context);
        return HookResult.One(options.PathModelFeedbackRecipe);
    }

    private static void Tell(IReadOnlyList<FeedbackChange> changes, IReadOnlyList<ProbedSample> probed, ModelFeedbackOptions options, HookContext context)
    {
        foreach (var change in changes)
        {
            LogChange(context.Logger, change.Operator, change.Argument, change.Old?.ToJsonString() ?? "null", change.New, change.Reason);
        }

        context.Watcher.Watch(context.Job.WatchName + ".model_feedback", new JsonObject
        {
            ["_type"] = "model_feedback",
            ["recipe"] = options.PathModelFeedbackRecipe,
            ["samples"] = probed.Count,
            ["dirty"] = probed.Count(p => p.IsDirty),
            ["changes"] = new JsonArray([.. changes.Select(Json)]),
        });
    }

    private static JsonObject Json(FeedbackChange change) => new()
    {
        ["operator"] = change.Operator,
        ["position"] = change.Position,
        ["argument"] = change.Argument,
        ["old"] = change.Old?.DeepClone(),
        ["new"] = change.New,
        ["statistic"] = change.Statistic,
        ["dirty_dropped"] = change.Bound?.DirtyDropped,
        ["good_dropped"] = change.Bound?.GoodDropped,
        ["reason"] = change.Reason,
    };

    [LoggerMessage(3112, LogLevel.Information, "model feedback: {Operator}.{Argument} {Old} → {New} ({Reason})")]
    private static partial void LogChange(ILogger logger, string @operator, string argument, string old, double? @new, string reason);
}
