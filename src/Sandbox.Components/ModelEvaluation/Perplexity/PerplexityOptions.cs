using Sandbox.Core.Components.Options;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelEvaluation.Perplexity;

/// <summary>Options of the perplexity evaluator.</summary>
internal sealed class PerplexityOptions
{
    [Option("model_path", Required = true, Path = PathAccess.Read, Description = "The language model: a file in ARPA format, also packed (.gz).")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The held-out data set, or a list of them.")]
    public List<string> DatasetPath { get; set; } = [];

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("unit", OneOf = [TextUnitNames.Word, TextUnitNames.Character], Description = "What the model counts; where it is not given, the model's words tell.")]
    public string? Unit { get; set; }

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }
}
