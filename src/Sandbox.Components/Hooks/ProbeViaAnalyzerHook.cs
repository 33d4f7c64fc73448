using Sandbox.Components.Validation;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Analyses a data set and watches the table of its statistics under the job's meta name.</summary>
internal sealed class ProbeViaAnalyzerHook : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProbeViaAnalyzerHook),
        [Stage.Probe, Stage.Evaluate],
        FactoryNames.DataAnalyzer,
        "Analyses a data set: the distribution of every statistic of the recipe.",
        UsesDjConfigs: true,
        UsesExtraConfigs: false);

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft) => RecipeRules.CheckRun(job, draft);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        throw new JobFailedException("the data engine is not part of this build.");
}
