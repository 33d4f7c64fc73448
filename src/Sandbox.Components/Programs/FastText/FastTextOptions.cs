using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Programs.FastText;

/// <summary>What training and evaluation with fastText share: which rows, and the program.</summary>
internal abstract class FastTextDataOptions
{
    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("label_key", Description = "The field that holds the label, or a list of labels.")]
    public string LabelKey { get; set; } = "label";

    [Option("max_bad_rows", Min = 0, Description = "Rows that are malformed or lack text or label and are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }

    [Option("program", Description = "The program: a name in PATH, or a path.")]
    public string Program { get; set; } = "fasttext";
}

/// <summary>Options of the fastText trainer. Numbers without a value here are the program's own.</summary>
internal sealed class FastTextTrainOptions : FastTextDataOptions
{
    [Option("train_dataset", Required = true, Path = PathAccess.Read, Description = "The data set to learn from, or a list of them.")]
    public List<string> TrainDataset { get; set; } = [];

    [Option("model_path", Required = true, Path = PathAccess.Write, Description = "Where the model goes (.bin).")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("epoch", Min = 1, Max = 100_000, Description = "Times that the data is gone through.")]
    public int Epoch { get; set; } = 5;

    [Option("lr", Min = 0, Max = 100, Description = "Learning rate.")]
    public double LearningRate { get; set; } = 0.1;

    [Option("dim", Min = 1, Max = 10_000, Description = "Size of the word vectors.")]
    public int Dimension { get; set; } = 100;

    [Option("word_ngrams", Min = 1, Max = 10, Description = "Length of the longest sequence of words that is a feature.")]
    public int WordNgrams { get; set; } = 1;

    [Option("min_count", Min = 1, Max = 1_000_000_000, Description = "Words that are rarer are passed over.")]
    public int MinCount { get; set; } = 1;

    [Option("bucket", Min = 1, Max = 2_000_000_000, Description = "Buckets for features that are hashed.")]
    public int Bucket { get; set; } = 2_000_000;

    [Option("loss", OneOf = ["softmax", "ns", "hs", "ova"], Description = "Loss function.")]
    public string Loss { get; set; } = "softmax";

    [Option("thread", Min = 1, Max = 1024, Description = "Threads. With one the model is the same every time; with more the program tells its progress.")]
    public int Threads { get; set; } = 1;
}

/// <summary>Options of the fastText evaluator.</summary>
internal sealed class FastTextTestOptions : FastTextDataOptions
{
    [Option("model_path", Required = true, Path = PathAccess.Read, Description = "The model (.bin).")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data set to test on, or a list of them.")]
    public List<string> DatasetPath { get; set; } = [];

    [Option("k", Min = 1, Max = 1_000_000, Description = "How many labels are foretold for each row.")]
    public int K { get; set; } = 1;
}
