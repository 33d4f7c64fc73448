using System.Runtime.InteropServices;

namespace Sandbox.Data.LanguageModels;

/// <summary>What a model says of sentences.</summary>
/// <param name="Log10">Sum of the log10 probabilities of all tokens.</param>
/// <param name="Tokens">Words and one end a sentence.</param>
/// <param name="Unknown">Words that the model does not know.</param>
/// <param name="UnknownLog10">The part of the sum that unknown words have.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SentenceScore(double Log10, long Tokens, long Unknown, double UnknownLog10)
{
    /// <summary>10 to the mean negative log10 probability of a token, unknown words included.</summary>
    public double Perplexity => Math.Pow(10, -Log10 / Tokens);

    /// <summary>The same over the tokens that the model knows.</summary>
    public double PerplexityWithoutUnknown => Math.Pow(10, -(Log10 - UnknownLog10) / (Tokens - Unknown));

    /// <summary>The two together.</summary>
    public static SentenceScore operator +(SentenceScore a, SentenceScore b) =>
        new(a.Log10 + b.Log10, a.Tokens + b.Tokens, a.Unknown + b.Unknown, a.UnknownLog10 + b.UnknownLog10);

    internal SentenceScore With(double log10, bool unknown) =>
        new(Log10 + log10, Tokens + 1, Unknown + (unknown ? 1 : 0), UnknownLog10 + (unknown ? log10 : 0));
}
