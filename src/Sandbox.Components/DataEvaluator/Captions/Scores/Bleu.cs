namespace Sandbox.Components.DataEvaluator.Captions.Scores;

/// <summary>BLEU-1 to BLEU-4 as the COCO evaluation computes them: clipped by the largest count in any one reference,
/// the closest reference length, a corpus from summed counts.</summary>
/// <remarks>Papineni et al., "BLEU: a Method for Automatic Evaluation of Machine Translation", 2002; the tiny and small
/// numbers are those of the evaluation's code.</remarks>
internal sealed class Bleu
{
    private const double Tiny = 1e-15;
    private const double Small = 1e-9;
    private readonly Statistics _corpus = new();

    /// <summary>The scores of all captions added so far, BLEU-1 first.</summary>
    public double[] Corpus => _corpus.Scores();

    /// <summary>Adds a caption and gives its own scores.</summary>
    public double[] Add(string candidate, IReadOnlyList<string> references)
    {
        var words = Ngrams.Words(candidate);
        var cut = references.Select(Ngrams.Words).ToList();
        var counts = Ngrams.Count(words);
        var most = cut.Select(r => Ngrams.Count(r)).ToList();
        var own = new Statistics { Length = words.Length, ReferenceLength = Closest(words.Length, cut.Select(r => r.Length)) };
        for (var n = 0; n < Ngrams.Longest; n++)
        {
            own.Grams[n] = Math.Max(0, words.Length - n);
            own.Hits[n] = counts[n].Sum(g => Math.Min(g.Value, most.Max(m => m[n].GetValueOrDefault(g.Key))));
        }

        _corpus.Add(own);
        return own.Scores();
    }

    private static int Closest(int length, IEnumerable<int> references) =>
        references.OrderBy(r => Math.Abs(r - length)).ThenBy(r => r).First();

    private sealed class Statistics
    {
        public long Length { get; set; }

        public long ReferenceLength { get; set; }

        public long[] Grams { get; } = new long[Ngrams.Longest];

        public long[] Hits { get; } = new long[Ngrams.Longest];

        public void Add(Statistics other)
        {
            Length += other.Length;
            ReferenceLength += other.ReferenceLength;
            for (var n = 0; n < Ngrams.Longest; n++)
            {
                Grams[n] += other.Grams[n];
                Hits[n] += other.Hits[n];
            }
        }

        public double[] Scores()
        {
            var ratio = (Length + Tiny) / (ReferenceLength + Small);
            var brevity = ratio < 1 ? Math.Exp(1 - (1 / ratio)) : 1;
            var (scores, product) = (new double[Ngrams.Longest], 1.0);
            for (var n = 0; n < Ngrams.Longest; n++)
            {
                product *= (Hits[n] + Tiny) / (Grams[n] + Small);
                scores[n] = Math.Pow(product, 1.0 / (n + 1)) * brevity;
            }

            return scores;
        }
    }
}
