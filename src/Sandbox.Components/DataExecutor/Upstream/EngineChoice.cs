using Sandbox.Core.Components.Options;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;
using Sandbox.Environments.Programs;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>Which engine runs a recipe, decided before it starts.</summary>
/// <param name="IsEmbedded">Whether it is the embedded one.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record EngineChoice(bool IsEmbedded, string Reason)
{
    /// <summary>Decides.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="engine"><c>auto</c>, <c>embedded</c> or <c>data-juicer</c>.</param>
    /// <param name="hasEnvironment">Whether an environment for the real Data-Juicer is named.</param>
    /// <param name="forAnalysis">Whether the recipe is only analysed.</param>
    public static EngineChoice Of(Recipe recipe, string engine, bool hasEnvironment, bool forAnalysis)
    {
        if (engine != EngineOptions.Auto)
        {
            return new EngineChoice(engine == EngineOptions.Embedded, $"engine: {engine}");
        }

        var program = forAnalysis ? DataJuicer.AnalyzeProgram : DataJuicer.ProcessProgram;
        var reasons = WhyNotEmbedded(recipe, forAnalysis);
        if (reasons.Count == 0)
        {
            return new EngineChoice(true, "the embedded engine can run every operator");
        }

        var why = string.Join(" ", reasons.Select(r => $"{r.Key}: {r.Message}"));
        return hasEnvironment || ProgramSearch.Find(program) is not null
            ? new EngineChoice(false, $"the embedded engine cannot run it: {why}")
            : new EngineChoice(true, $"there is no other: {program} is not on the PATH and no environment is named (env_manager, env_name)");
    }

    /// <summary>What of a recipe is beyond the embedded engine; a mistake in an option is a mistake for either engine.</summary>
    public static IReadOnlyList<OptionFault> WhyNotEmbedded(Recipe recipe, bool forAnalysis)
    {
        var faults = RecipeValidator.Check(recipe, forAnalysis);
        return faults.Any(IsMistake) ? [] : [.. faults, .. Ray(recipe)];
    }

    // The words of the options binder.
    private static bool IsMistake(OptionFault fault) =>
        fault.Message.StartsWith("unknown option ", StringComparison.Ordinal) || fault.Message.StartsWith("option \"", StringComparison.Ordinal)
        || fault.Message.StartsWith("is required", StringComparison.Ordinal);

    private static IEnumerable<OptionFault> Ray(Recipe recipe) =>
        recipe.Source["executor_type"]?.ToString() is { } type && type.StartsWith("ray", StringComparison.Ordinal)
            ? [new OptionFault("executor_type", $"\"{type}\" runs on Ray, which only the real Data-Juicer does.")]
            : [];
}
