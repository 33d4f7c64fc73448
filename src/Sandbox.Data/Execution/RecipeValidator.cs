using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution.Exports;
using Sandbox.Data.Operators;

namespace Sandbox.Data.Execution;

/// <summary>Says all that is wrong with a recipe before anything runs.</summary>
public static class RecipeValidator
{
    /// <summary>The faults of a recipe: unknown or unavailable operators, unknown, ill-typed or unmet options, an export
    /// that cannot be written. Keys are dotted within the recipe, as in <c>process[0].text_length_filter.min_len</c>.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="forAnalysis">Whether it is only analysed, so that nothing but its filters must be available; the options of
    /// the others must be right all the same.</param>
    public static IReadOnlyList<OptionFault> Check(Recipe recipe, bool forAnalysis = false)
    {
        var faults = new List<OptionFault>();
        CheckPaths(recipe, faults);
        faults.AddRange(recipe.OnlyUpstream);
        foreach (var config in recipe.Process)
        {
            if (!forAnalysis || OperatorRegistry.Find(config.Name) is null or { Kind: OperatorKind.Filter })
            {
                OperatorRegistry.Check(config, faults);
            }
            else
            {
                OperatorRegistry.CheckEach(config, faults);
            }
        }

        return faults;
    }

    /// <summary>The faults in the options of the operators that are known here, each looked at by itself: of a recipe that is
    /// not run yet, and perhaps elsewhere.</summary>
    public static IReadOnlyList<OptionFault> CheckOptions(Recipe recipe)
    {
        var faults = new List<OptionFault>();
        foreach (var config in recipe.Process)
        {
            OperatorRegistry.CheckEach(config, faults);
        }

        return faults;
    }

    /// <summary>Throws with all faults.</summary>
    /// <exception cref="FaultException">One fault or more.</exception>
    public static void Ensure(Recipe recipe, bool forAnalysis = false)
    {
        var faults = Check(recipe, forAnalysis);
        if (faults.Count > 0)
        {
            throw new FaultException([.. faults.Select(f => new Fault(null, $"{f.Key}: {f.Message}"))]);
        }
    }

    private static void CheckPaths(Recipe recipe, List<OptionFault> faults)
    {
        var settings = recipe.Settings;
        if (recipe.Sources.Items.Count == 0 || recipe.Sources.Paths.Any(string.IsNullOrWhiteSpace))
        {
            faults.Add(new OptionFault("dataset_path", "is required: the file or directory to read."));
        }

        foreach (var (source, i) in recipe.Sources.Items.Select((s, i) => (s, i)).Where(s => s.s.Type != RecipeSource.Local))
        {
            faults.Add(new OptionFault(FormattableString.Invariant($"dataset.configs[{i}]"), $"type \"{source.Type}\" is not read by the embedded engine, which reads local files: run this recipe with the real Data-Juicer."));
        }

        if (recipe.Sources.MaxSampleNum is not null && recipe.Sources.Items.Sum(i => i.Weight) <= 0)
        {
            faults.Add(new OptionFault("dataset", "rows are sampled by weights, but all weights are 0."));
        }

        if (string.IsNullOrWhiteSpace(settings.ExportPath))
        {
            faults.Add(new OptionFault("export_path", "is required: the file to write."));
        }
        else if (ExportTarget.Of(recipe).Type is var type && !ExportTarget.Types.Contains(type, StringComparer.Ordinal))
        {
            faults.Add(new OptionFault(
                settings.ExportType is null ? "export_path" : "export_type",
                $"the embedded engine writes {string.Join(", ", ExportTarget.Types)}, not \"{type}\".{Suggestion.For(type, ExportTarget.Types)}"));
        }
    }
}
