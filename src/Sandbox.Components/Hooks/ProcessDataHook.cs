using Sandbox.Components.Validation;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Hooks;

/// <summary>Runs a recipe over a data set and gives the path of the result.</summary>
internal sealed class ProcessDataHook : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = new(
        nameof(ProcessDataHook),
        [Stage.Execute],
        FactoryNames.DataExecutor,
        "Processes a data set with a recipe.",
        UsesDjConfigs: true,
        UsesExtraConfigs: false);

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft) => RecipeRules.CheckRun(job, draft);

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        throw new JobFailedException("the data engine is not part of this build.");
}
