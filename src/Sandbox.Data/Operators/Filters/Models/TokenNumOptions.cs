using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>Options of <c>token_num_filter</c>.</summary>
public sealed class TokenNumOptions : FilterOptions, IRangeOptions, IValidatableOptions
{
    /// <summary>The tokenizer: a directory with a <c>tokenizer.json</c>, that file, or a name on Hugging Face's hub that is in a
    /// cache here.</summary>
    [Option("hf_tokenizer")]
    public string Tokenizer { get; init; } = HuggingFaceFiles.Default;

    /// <summary>Smallest number of tokens.</summary>
    [Option("min_num")]
    public double? MinNum { get; init; } = 10;

    /// <summary>Largest number.</summary>
    [Option("max_num")]
    public double? MaxNum { get; init; } = long.MaxValue;

    double? IRangeOptions.Minimum => MinNum;

    double? IRangeOptions.Maximum => MaxNum;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (HuggingFaceFiles.Problem(Tokenizer) is { } problem)
        {
            fault("hf_tokenizer", problem);
        }
    }
}
