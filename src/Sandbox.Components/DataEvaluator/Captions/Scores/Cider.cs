namespace Sandbox.Components.DataEvaluator.Captions.Scores;

/// <summary>CIDEr-D with document frequencies of the references that are scored: counts of word sequences weighted by how
/// rare they are, clipped cosine with each reference, a Gaussian penalty on the difference of lengths.</summary>
/// <remarks>Vedantam et al., "CIDEr: Consensus-based Image Description Evaluation", 2015.</remarks>
internal sealed class Cider
{
    private const double Sigma = 6;
    private const double Scale = 10;
    private readonly Dictionary<string, int> _documents = new(StringComparer.Ordinal);
    private readonly double _logImages;

    /// <summary>Learns from the references of all images how rare each word sequence is.</summary>
    public Cider(IEnumerable<IReadOnlyList<string>> referencesByImage)
    {
        var images = 0;
        foreach (var references in referencesByImage)
        {
            images++;
            var seen = references.SelectMany(r => Ngrams.Count(Ngrams.Words(r)).SelectMany(c => c.Keys)).ToHashSet(StringComparer.Ordinal);
            foreach (var gram in seen)
            {
                _documents[gram] = _documents.GetValueOrDefault(gram) + 1;
            }
        }

        _logImages = Math.Log(images);
    }

    /// <summary>The score of one image's caption.</summary>
    public double Score(string candidate, IReadOnlyList<string> references)
    {
        var own = Weigh(candidate);
        var total = 0.0;
        foreach (var reference in references.Select(Weigh))
        {
            var difference = own.Bigrams - reference.Bigrams;
            var penalty = Math.Exp(-(difference * difference) / (2 * Sigma * Sigma));
            for (var n = 0; n < Ngrams.Longest; n++)
            {
                total += Similarity(own, reference, n) * penalty;
            }
        }

        return total / Ngrams.Longest / references.Count * Scale;
    }

    private static double Similarity(Weights own, Weights reference, int n)
    {
        var sum = own.Grams[n].Sum(g => reference.Grams[n].TryGetValue(g.Key, out var weight) ? Math.Min(g.Value, weight) * weight : 0);
        return own.Norms[n] != 0 && reference.Norms[n] != 0 ? sum / (own.Norms[n] * reference.Norms[n]) : sum;
    }

    private Weights Weigh(string text)
    {
        var counts = Ngrams.Count(Ngrams.Words(text));
        var weights = counts.Select(of => of.ToDictionary(
            g => g.Key,
            g => g.Value * (_logImages - Math.Log(Math.Max(1, _documents.GetValueOrDefault(g.Key)))),
            StringComparer.Ordinal)).ToArray();
        return new Weights(
            weights,
            [.. weights.Select(w => Math.Sqrt(w.Values.Sum(v => v * v)))],
            counts[1].Values.Sum());
    }

    private sealed record Weights(Dictionary<string, double>[] Grams, double[] Norms, double Bigrams);
}
