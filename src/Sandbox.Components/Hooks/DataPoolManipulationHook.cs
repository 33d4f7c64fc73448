using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Reshapes data pools with a component.</summary>
internal sealed class DataPoolManipulationHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(DataPoolManipulationHook),
        [Stage.Execute],
        FactoryNames.DataPoolManipulator,
        "Samples, merges, repeats and otherwise reshapes data pools.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        components.RunAsync(FactoryNames.DataPoolManipulator, context, cancellationToken);
}
