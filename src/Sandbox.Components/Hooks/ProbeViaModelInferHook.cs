using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Would probe which samples a model finds hard. Known by name, so that a config that uses it is refused before anything runs.</summary>
internal sealed class ProbeViaModelInferHook : IHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProbeViaModelInferHook),
        [Stage.Probe, Stage.Evaluate],
        FactoryNames.ModelInferEvaluator,
        "Probes which samples a model finds hard or dirty.",
        UsesDjConfigs: true,
        UsesExtraConfigs: true,
        Missing: "this version has no model probe yet. Use ProbeViaAnalyzerHook to probe the data itself, or EvaluateModelHook to score a model.");

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        throw new JobFailedException($"{Descriptor.Name} is not available: {Descriptor.Missing}");
}
