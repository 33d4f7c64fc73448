using Sandbox.Core.Components.Options;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelTrain.NgramLm;

/// <summary>Options of the n-gram trainer.</summary>
internal sealed class NgramLmOptions : IValidatableOptions
{
    [Option("train_dataset", Required = true, Path = PathAccess.Read, Description = "The data set to learn from, or a list of them.")]
    public List<string>? TrainDataset { get; set; }

    [Option("model_path", Required = true, Path = PathAccess.Write, Description = "Where the model goes: a file in ARPA format.")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("order", Min = 1, Max = 10, Description = "Length of the longest n-gram.")]
    public int Order { get; set; } = 3;

    [Option("unit", OneOf = [TextUnitNames.Word, TextUnitNames.Character], Description = "What is counted: words (parted by white space) or characters.")]
    public string Unit { get; set; } = TextUnitNames.Word;

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("valid_dataset", Path = PathAccess.Read, Description = "Held-out data, to measure the loss on while training.")]
    public List<string> ValidDataset { get; set; } = [];

    [Option("vocabulary", Path = PathAccess.Read, Description = "A file of the words that the model knows, one a line; all others are <unk>.")]
    public string? Vocabulary { get; set; }

    [Option("memory_mb", Min = 1, Max = 1 << 20, Description = "Memory for counts in MB; what does not fit goes to disk for a while. The model stays the same.")]
    public int MemoryMb { get; set; } = 256;

    [Option("discount_fallback", Description = "Three discounts (counts of 1, 2, 3 or more) for data too small to estimate them.")]
    public List<double> DiscountFallback { get; set; } = [0.5, 1, 1.5];

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }

    public void Validate(Action<string, string> fault)
    {
        if (TrainDataset is [])
        {
            fault("train_dataset", "option \"train_dataset\" must name at least one data set.");
        }

        var discounts = DiscountFallback;
        if (discounts.Count != 3 || discounts.Index().Any(d => !(d.Item > 0 && d.Item <= d.Index + 1)))
        {
            fault("discount_fallback", "option \"discount_fallback\" must be three numbers, above 0 and at most 1, 2 and 3.");
        }
    }
}
