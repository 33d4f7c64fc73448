using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataExecutor;
using Sandbox.Components.ModelProbe;
using Sandbox.Components.Validation;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Lets a model score a sample of the data and says which samples are hard for it and which are dirty. Watches
/// the figures under the job's meta name and gives the path of the scored samples.</summary>
internal sealed partial class ProbeViaModelInferHook(ComponentStarter components) : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProbeViaModelInferHook),
        [Stage.Probe, Stage.Evaluate],
        FactoryNames.ModelInferEvaluator,
        "Probes which samples a model finds hard or dirty: draws data_probe_ratio of the data set, applies the recipe's mappers, and lets the model score each sample.",
        UsesDjConfigs: true,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft)
    {
        RecipeRules.CheckRun(job, draft, forAnalysis: true);
        if (job.DjConfigs?[ProbeSample.Ratio] is { } ratio
            && !(ratio is JsonValue value && value.TryGetValue(out double share) && share is > 0 and <= 1))
        {
            draft.Fault($"dj_configs.{ProbeSample.Ratio}", $"must be a number above 0 and at most 1, not {ratio.ToJsonString()}.");
        }

        if (job.DjConfigs?[ProbeSample.Algorithm] is { } algorithm && algorithm.ToString() != ProbeSample.Uniform)
        {
            draft.Fault($"dj_configs.{ProbeSample.Algorithm}", $"samples are drawn by \"{ProbeSample.Uniform}\", not \"{algorithm}\".");
        }
    }

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var recipe = JobRecipe.Of(context);
        var options = (JsonObject?)context.ExtraConfigs?.DeepClone() ?? [];
        options["dataset_path"] = await ProbeSample.DrawAsync(recipe, context, cancellationToken);
        options["result_path"] = recipe.Settings.ExportPath;
        options.TryAdd("text_key", recipe.Settings.TextKeys[0]);
        var scored = await components.RunAsync(
            FactoryNames.ModelInferEvaluator,
            new HookContext { Job = context.Job, DjConfigs = context.DjConfigs, ExtraConfigs = options, Component = context.Component },
            cancellationToken);
        var summary = (JsonObject)scored.Values[0]!;
        context.Watcher.Watch(context.Job.WatchName, summary);
        LogProbed(context.Logger, (int)summary["samples"]!, (int)summary["hard"]!, (int)summary["dirty"]!, (double)summary["fence"]!);
        return HookResult.One(summary["path"]?.DeepClone());
    }

    [LoggerMessage(3111, LogLevel.Information, "{Samples} samples probed: {Hard} are hard, {Dirty} dirty (score above {Fence})")]
    private static partial void LogProbed(ILogger logger, int samples, int hard, int dirty, double fence);
}
