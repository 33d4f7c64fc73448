using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Configuration.Loading;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration;

/// <summary>Overrides of a recipe's keys from the command line, as upstream takes them: <c>--np 4</c>,
/// <c>--text_length_filter.min_len 10</c> for an argument of an operator.</summary>
public static class RecipeOverrides
{
    /// <summary>The recipe with the overrides in it; faults stand at the option.</summary>
    /// <param name="recipe">The recipe as read.</param>
    /// <param name="arguments">The overrides as they came.</param>
    /// <param name="keys">All keys that a recipe may have.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static ConfigMapping Apply(
        ConfigMapping recipe, IReadOnlyList<string> arguments, IReadOnlyCollection<string> keys, ICollection<Fault> faults)
    {
        var findings = new Findings();
        var applier = new OverrideApplier(new SourceFiles(new DiskConfigFiles(Environment.CurrentDirectory), findings), [], findings);
        var changed = applier.ApplyToRecipe(recipe, ConfigOverride.Parse(arguments, findings), keys);
        foreach (var fault in findings)
        {
            faults.Add(fault);
        }

        return changed;
    }
}
