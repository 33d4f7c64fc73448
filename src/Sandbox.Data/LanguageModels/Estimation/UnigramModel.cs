namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>The lowest order: words by their adjusted counts, interpolated with the even distribution over the vocabulary
/// (all words, <c>&lt;/s&gt;</c> and <c>&lt;unk&gt;</c>; <c>&lt;s&gt;</c> is never predicted).</summary>
internal sealed class UnigramModel
{
    private readonly uint[] _counts;
    private readonly bool _fixed;

    /// <summary>An empty model.</summary>
    /// <param name="tokens">Tokens in the vocabulary, the special ones included.</param>
    /// <param name="isFixed">Whether words of the vocabulary count as such before they were seen.</param>
    public UnigramModel(int tokens, bool isFixed) => (_counts, _fixed) = (new uint[tokens], isFixed);

    /// <summary>Tokens that can be predicted.</summary>
    public long Size { get; private set; }

    /// <summary>Whether a token is in the model, to be predicted.</summary>
    public bool Has(uint token) =>
        token != SpecialToken.Begin && (_fixed || _counts[token] > 0 || token == SpecialToken.Unknown);

    public void Set(uint token, uint count) => _counts[token] = count;

    /// <summary>The probability of each token; 0 for those that the model has not.</summary>
    public double[] Estimate(Discounts discounts)
    {
        var (total, given) = (0L, 0.0);
        Size = 0;
        for (var token = 0u; token < _counts.Length; token++)
        {
            total += _counts[token];
            given += discounts.Of(_counts[token]);
            Size += Has(token) ? 1 : 0;
        }

        var even = given / total / Size;
        var probabilities = new double[_counts.Length];
        for (var token = 0u; token < _counts.Length; token++)
        {
            probabilities[token] = Has(token) ? ((_counts[token] - discounts.Of(_counts[token])) / total) + even : 0;
        }

        return probabilities;
    }
}
