using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Trains a model with a component.</summary>
internal sealed class TrainModelHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(TrainModelHook),
        [Stage.Execute],
        FactoryNames.ModelTrain,
        "Trains a model on a data set.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        components.RunAsync(FactoryNames.ModelTrain, context, cancellationToken);
}
