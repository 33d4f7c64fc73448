using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;

namespace Sandbox.Data.Operators.Filters;

// Bounds are numbers with a fraction also where upstream's signature says int: k-sigma writes fractions there.

/// <summary>Options of <c>alphanumeric_filter</c>.</summary>
public sealed class AlphanumericOptions : FilterOptions, IRangeOptions, IValidatableOptions
{
    /// <summary>Whether letters are divided by the tokens of Pythia's tokenizer instead of characters.</summary>
    [Option("tokenization")]
    public bool Tokenization { get; init; }

    /// <summary>Smallest share of letters and numeric characters.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0.25;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = long.MaxValue;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Tokenization && HuggingFaceFiles.Problem(HuggingFaceFiles.Default) is { } problem)
        {
            fault("tokenization", problem);
        }
    }
}

/// <summary>Options of <c>special_characters_filter</c>.</summary>
public sealed class SpecialCharactersOptions : FilterOptions, IRangeOptions
{
    /// <summary>Smallest share of special characters.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = 0.25;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;
}

/// <summary>Options of <c>character_repetition_filter</c>.</summary>
public sealed class CharacterRepetitionOptions : FilterOptions, IRangeOptions
{
    /// <summary>Length of the n-grams in characters.</summary>
    [Option("rep_len", Min = 1)]
    public int RepLen { get; init; } = 10;

    /// <summary>Smallest share of repeated n-grams.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = 0.5;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;
}

/// <summary>Options of <c>word_repetition_filter</c>.</summary>
public sealed class WordRepetitionOptions : WordFilterOptions, IRangeOptions
{
    /// <summary>Length of the n-grams in words.</summary>
    [Option("rep_len", Min = 1)]
    public int RepLen { get; init; } = 10;

    /// <summary>Smallest share of repeated n-grams.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = 0.5;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;
}

/// <summary>Options of the filters by length of text or lines.</summary>
public sealed class LengthOptions : FilterOptions, IRangeOptions
{
    /// <summary>Smallest length in characters.</summary>
    [Option("min_len")]
    public double? MinLen { get; init; } = 10;

    /// <summary>Largest length.</summary>
    [Option("max_len")]
    public double? MaxLen { get; init; } = long.MaxValue;

    double? IRangeOptions.Minimum => MinLen;

    double? IRangeOptions.Maximum => MaxLen;
}

/// <summary>Options of <c>words_num_filter</c>.</summary>
public sealed class WordsNumOptions : WordFilterOptions, IRangeOptions
{
    /// <summary>Smallest number of words.</summary>
    [Option("min_num")]
    public double? MinNum { get; init; } = 10;

    /// <summary>Largest number.</summary>
    [Option("max_num")]
    public double? MaxNum { get; init; } = long.MaxValue;

    double? IRangeOptions.Minimum => MinNum;

    double? IRangeOptions.Maximum => MaxNum;
}
