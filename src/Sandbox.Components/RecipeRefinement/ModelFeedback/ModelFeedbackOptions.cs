using Sandbox.Core.Components.Options;

namespace Sandbox.Components.RecipeRefinement.ModelFeedback;

/// <summary>Options of the refinement by model feedback.</summary>
internal sealed class ModelFeedbackOptions : IValidatableOptions
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    [Option("path_model_feedback_recipe", Required = true, Path = PathAccess.Write, Description = "Where the refined recipe goes: a .yaml, .yml or .json file.")]
    public string PathModelFeedbackRecipe { get; set; } = string.Empty;

    [Option("most_good_dropped", Min = 0, Max = 1, Description = "Share of the good samples that one bound may drop at most.")]
    public double MostGoodDropped { get; set; } = 0.02;

    [Option("least_gain", Min = 0, Max = 1, Description = "A bound is moved only where the share of dirty samples that it drops exceeds the share of good ones by this much.")]
    public double LeastGain { get; set; } = 0.02;

    public void Validate(Action<string, string> fault)
    {
        if (PathModelFeedbackRecipe.Length > 0 && !Extensions.Any(e => PathModelFeedbackRecipe.EndsWith(e, StringComparison.Ordinal)))
        {
            fault("path_model_feedback_recipe", $"\"{PathModelFeedbackRecipe}\" must end in .yaml, .yml or .json: the ending decides the format.");
        }
    }
}
