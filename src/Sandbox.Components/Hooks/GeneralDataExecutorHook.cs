using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Converts data sets with a component.</summary>
internal sealed class GeneralDataExecutorHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(GeneralDataExecutorHook),
        [Stage.Execute],
        FactoryNames.GeneralDataExecutor,
        "Converts data sets between formats.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        components.RunAsync(FactoryNames.GeneralDataExecutor, context, cancellationToken);
}
