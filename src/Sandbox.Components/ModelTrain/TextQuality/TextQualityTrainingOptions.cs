using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelTrain.TextQuality;

/// <summary>Options of <c>dj_text_quality_classifier</c> as a trainer.</summary>
internal sealed class TextQualityTrainingOptions
{
    [Option("positive_datasets", Required = true, Path = PathAccess.Read, Description = "Data sets of good texts: a path or a list.")]
    public List<string> PositiveDatasets { get; set; } = [];

    [Option("negative_datasets", Required = true, Path = PathAccess.Read, Description = "Data sets of bad texts: a path or a list.")]
    public List<string> NegativeDatasets { get; set; } = [];

    [Option("model_path", Required = true, Path = PathAccess.Write, Description = "Where the weights go: a JSON file.")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("tokenizer_path", Path = PathAccess.Read, Description = "A SentencePiece model whose pieces are the words; without it words are cut at white space.")]
    public string? TokenizerPath { get; set; }

    [Option("num_features", Min = 2, Max = 1 << 26, Description = "Size of the table that words are hashed into.")]
    public int NumFeatures { get; set; } = 1 << 18;

    [Option("max_iterations", Min = 1, Max = 100000, Description = "Most iterations of the search.")]
    public int MaxIterations { get; set; } = 100;

    [Option("tolerance", Min = 0, Max = 1, Description = "The search ends when an iteration improves less, relative to the loss.")]
    public double Tolerance { get; set; } = 1e-6;

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }
}
