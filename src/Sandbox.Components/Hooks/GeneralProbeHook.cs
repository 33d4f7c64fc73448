using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Probes data sets with a component.</summary>
internal sealed class GeneralProbeHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(GeneralProbeHook),
        [Stage.Probe],
        FactoryNames.GeneralProbe,
        "Probes data sets, for one by ranking them.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        components.RunAsync(FactoryNames.GeneralProbe, context, cancellationToken);
}
