using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.DataEvaluator.TextQuality;

/// <summary>Options of <c>dj_text_quality_classifier</c> as an evaluator.</summary>
internal sealed class TextQualityOptions : EnvironmentOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data set to score, or a list.")]
    public List<string> DatasetPath { get; set; } = [];

    [Option("model_path", Path = PathAccess.Read, Description = "The weights: a JSON file with numFeatures, intercept and coefficients, as the trainer of the same name writes it. Without it Data-Juicer's own tool scores, with Spark and its model gpt3.")]
    public string? ModelPath { get; set; }

    [Option("tokenizer_path", Path = PathAccess.Read, Description = "With model_path: a SentencePiece model whose pieces are the words, where the weights were trained on them.")]
    public string? TokenizerPath { get; set; }

    [Option("data_juicer_home", Description = "Without model_path: where Data-Juicer's code is (its directory tools).")]
    public string DataJuicerHome { get; set; } = ".";

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("keep_method", OneOf = ["label", "gpt3"], Description = "How should_keep is set: label keeps scores above 0.5, gpt3 draws a limit from a Pareto distribution for each row.")]
    public string KeepMethod { get; set; } = "label";

    [Option("seed", Description = "Seed of the limits of keep_method gpt3.")]
    public int Seed { get; set; } = 42;

    [Option("result_path", Path = PathAccess.Write, Description = "A JSONL file for the rows with doc_score and should_keep.")]
    public string? ResultPath { get; set; }

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("py-data-juicer", "pyspark");
}
