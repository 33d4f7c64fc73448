using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Options of the deduplicators that compare texts by their shingles: groups of neighbouring tokens.</summary>
public abstract class ShingleOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>How a text is cut: <c>space</c>, <c>punctuation</c>, <c>character</c>; for MinHash also <c>sentencepiece</c>.</summary>
    [Option("tokenization")]
    public string Tokenization { get; init; } = "space";

    /// <summary>Whether upper and lower case are the same.</summary>
    [Option("lowercase")]
    public bool Lowercase { get; init; } = true;

    /// <summary>What the pattern matches does not matter; in Python's notation.</summary>
    [Option("ignore_pattern")]
    public string? IgnorePattern { get; init; }

    internal abstract int Window { get; }

    internal abstract string[] Tokenizations { get; }

    /// <inheritdoc />
    public virtual void Validate(Action<string, string> fault)
    {
        if (!Tokenizations.Contains(Tokenization, StringComparer.Ordinal))
        {
            fault("tokenization", $"\"{Tokenization}\" is unknown: {string.Join(", ", Tokenizations)}.");
        }

        if (IgnorePattern is { Length: > 0 } && PythonRegex.Problem(IgnorePattern, string.Empty) is { } problem)
        {
            fault("ignore_pattern", problem);
        }
    }
}

/// <summary>Options of <c>document_minhash_deduplicator</c>.</summary>
public sealed class MinHashOptions : ShingleOptions
{
    /// <summary>Tokens of a shingle.</summary>
    [Option("window_size", Min = 1)]
    public int WindowSize { get; init; } = 5;

    /// <summary>Numbers of a signature.</summary>
    [Option("num_permutations", Min = 1, Max = 1 << 16)]
    public int Permutations { get; init; } = 256;

    /// <summary>The similarity from which texts count as the same; chooses the bands where these are not given.</summary>
    [Option("jaccard_threshold", Min = 0, Max = 1)]
    public double Threshold { get; init; } = 0.7;

    /// <summary>Bands of a signature; counts only together with <c>num_rows_per_band</c>.</summary>
    [Option("num_bands", Min = 1)]
    public int? Bands { get; init; }

    /// <summary>Numbers of a band.</summary>
    [Option("num_rows_per_band", Min = 1)]
    public int? RowsPerBand { get; init; }

    /// <summary>The SentencePiece model that cuts the text: a file, or a name in the folder of models.</summary>
    [Option("tokenizer_model", Path = PathAccess.Read)]
    public string? TokenizerModel { get; init; }

    internal override int Window => WindowSize;

    internal override string[] Tokenizations => ["space", "punctuation", "character", "sentencepiece"];

    internal string? TokenizerPath => TokenizerModel is null || File.Exists(TokenizerModel) ? TokenizerModel : ModelFiles.Find(TokenizerModel) ?? TokenizerModel;

    /// <inheritdoc />
    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        if ((long?)Bands * RowsPerBand > Permutations)
        {
            fault("num_bands", FormattableString.Invariant($"{Bands} bands of {RowsPerBand} numbers need {(long?)Bands * RowsPerBand} permutations, and num_permutations is {Permutations}."));
        }

        if (Tokenization == "sentencepiece" && (TokenizerPath is null ? "is required for tokenization sentencepiece." : SentencePieceFiles.ProblemOf(TokenizerPath)) is { } problem)
        {
            fault("tokenizer_model", problem);
        }
    }
}

/// <summary>Options of <c>document_simhash_deduplicator</c>.</summary>
public sealed class SimHashOptions : ShingleOptions
{
    /// <summary>Tokens of a shingle.</summary>
    [Option("window_size", Min = 1)]
    public int WindowSize { get; init; } = 6;

    /// <summary>Blocks that upstream's search cuts a hash into. The answer does not depend on it.</summary>
    [Option("num_blocks", Min = 1)]
    public int Blocks { get; init; } = 6;

    /// <summary>Bits in which the hashes of two texts that count as the same may differ.</summary>
    [Option("hamming_distance", Min = 1, Max = 63)]
    public int Distance { get; init; } = 4;

    internal override int Window => WindowSize;

    internal override string[] Tokenizations => ["space", "punctuation", "character"];

    /// <inheritdoc />
    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        if (Blocks <= Distance)
        {
            fault("num_blocks", FormattableString.Invariant($"must be above hamming_distance, which is {Distance}."));
        }
    }
}
