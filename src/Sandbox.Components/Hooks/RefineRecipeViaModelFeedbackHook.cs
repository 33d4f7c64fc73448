using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Would refine a recipe by what a model learns from. Known by name, so that a config that uses it is refused before anything runs.</summary>
internal sealed class RefineRecipeViaModelFeedbackHook : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(RefineRecipeViaModelFeedbackHook),
        [Stage.Refine],
        null,
        "Refines a recipe by the results of a model probe.",
        UsesDjConfigs: true,
        UsesExtraConfigs: true,
        Missing: "this version has no refinement by model feedback yet. Use RefineRecipeViaKSigmaHook.");

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        throw new JobFailedException($"{Descriptor.Name} is not available: {Descriptor.Missing}");
}
