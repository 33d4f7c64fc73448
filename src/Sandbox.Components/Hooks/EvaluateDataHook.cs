using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Evaluates data with a component and watches the result.</summary>
internal sealed class EvaluateDataHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(EvaluateDataHook),
        [Stage.Evaluate],
        FactoryNames.DataEvaluator,
        "Evaluates a data set: quality, accuracy of predictions and more.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var result = await components.RunAsync(FactoryNames.DataEvaluator, context, cancellationToken);
        context.Watcher.Watch(context.Job.WatchName, WatchedResult.Of(result));
        return result;
    }
}
