using Sandbox.Core.Components.Options;

namespace Sandbox.Components.RecipeRefinement;

/// <summary>Options of the k-sigma refinement.</summary>
internal sealed class KSigmaOptions : IValidatableOptions
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    [Option("path_k_sigma_recipe", Required = true, Path = PathAccess.Write, Description = "Where the refined recipe goes: a .yaml, .yml or .json file.")]
    public string PathKSigmaRecipe { get; set; } = string.Empty;

    [Option("k", Min = 0, Description = "How many standard deviations a bound lies from the mean.")]
    public double K { get; set; } = 3;

    public void Validate(Action<string, string> fault)
    {
        if (PathKSigmaRecipe.Length > 0 && !Extensions.Any(e => PathKSigmaRecipe.EndsWith(e, StringComparison.Ordinal)))
        {
            fault("path_k_sigma_recipe", $"\"{PathKSigmaRecipe}\" must end in .yaml, .yml or .json: the ending decides the format.");
        }
    }
}
