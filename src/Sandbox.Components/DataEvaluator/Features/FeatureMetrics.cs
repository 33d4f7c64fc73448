using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>FID, FVD, KID, inception score, precision and recall from features that lie in files. Gives the figures.</summary>
internal sealed class FeatureMetrics(FeatureMetricsOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "feature_metrics",
        Summary = "Computes FID, FVD, KID, inception score, precision and recall from features in .npy files.",
        OptionsType = typeof(FeatureMetricsOptions),
        Create = o => new FeatureMetrics((FeatureMetricsOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var figures = FeatureFigures.Of(options, context, cancellationToken);
        foreach (var (name, value) in figures)
        {
            context.Watcher.Log($"{context.Job.WatchName}.{name}", (double)value!);
        }

        if (!string.IsNullOrEmpty(options.ResultPath))
        {
            await WholeFile.WriteTextAsync(
                context.Files.ResolveWrite(options.ResultPath), figures.ToJsonString(DataPool.Json) + "\n", cancellationToken);
        }

        return HookResult.One(figures);
    }
}
