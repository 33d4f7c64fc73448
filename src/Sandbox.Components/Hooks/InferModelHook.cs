using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Runs a model with a component.</summary>
internal sealed class InferModelHook(ComponentStarter components) : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(InferModelHook),
        [Stage.Execute],
        FactoryNames.ModelInferExecutor,
        "Lets a model answer on given inputs.",
        UsesDjConfigs: false,
        UsesExtraConfigs: true);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        components.RunAsync(FactoryNames.ModelInferExecutor, context, cancellationToken);
}
