using Sandbox.Core.Components;

namespace Sandbox.Components;

/// <summary>Component types that are known by name only: a config that uses one is refused before anything runs.</summary>
internal static class UnavailableTypes
{
    private const string NotYet = "this version of the sandbox does not have it yet";

    public static IReadOnlyList<ComponentDescriptor> All { get; } =
    [
        Of(FactoryNames.ModelInferEvaluator, "modelscope", "Probes with a ModelScope pipeline.", "use ngram_lm or api, or ProbeViaAnalyzerHook"),
    ];

    private static ComponentDescriptor Of(string factory, string type, string summary, string instead) => new()
    {
        Factory = factory,
        Type = type,
        Summary = summary,
        Results = null,
        Missing = $"{NotYet}; {instead}.",
    };
}
