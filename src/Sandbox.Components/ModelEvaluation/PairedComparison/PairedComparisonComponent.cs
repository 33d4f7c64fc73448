using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Core.Tracking;

namespace Sandbox.Components.ModelEvaluation.PairedComparison;

/// <summary>Holds one group of figures against others, repetition by repetition, and says whether the gain stands above
/// its spread: a single run of a noisy experiment shows nothing.</summary>
internal sealed class PairedComparisonComponent(PairedComparisonOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelEvaluator,
        Type = "paired_comparison",
        Summary = "Compares a candidate with baselines over several seeds.",
        OptionsType = typeof(PairedComparisonOptions),
        Results = 1,
        Create = options => new PairedComparisonComponent((PairedComparisonOptions)options),
    };

    public Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var comparison = new ModelComparison(
            options.Metric,
            options.LowerIsBetter,
            options.Candidate,
            [.. options.Groups.Select(g => new ComparedGroup(g.Key, [.. g.Value!.AsArray().Select(v => v!.GetValue<double>())]))]);
        return Task.FromResult(HookResult.One(comparison.ToJson()));
    }
}
