using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Evaluates a model with a component and watches the result.</summary>
internal sealed class EvaluateModelHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(EvaluateModelHook),
        [Stage.Evaluate],
        FactoryNames.ModelEvaluator,
        "Evaluates a trained model.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public async Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var result = await components.RunAsync(FactoryNames.ModelEvaluator, context, cancellationToken);
        context.Watcher.Watch(context.Job.WatchName, WatchedResult.Of(result));
        return result;
    }
}
