namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>What METEOR counts of a pair of sentences, or of many. Its statistics line has the numbers in this order.</summary>
/// <param name="Words">Words of candidate and reference.</param>
/// <param name="FunctionWords">Function words among them.</param>
/// <param name="Content">Content words matched, candidate and reference, by module.</param>
/// <param name="Function">Function words matched, candidate and reference, by module.</param>
/// <param name="Chunks">Runs of matches that stand together on both sides.</param>
/// <param name="Matched">Words matched in candidate and reference.</param>
/// <remarks>Denkowski and Lavie, "Meteor Universal", 2014; parameters of version 1.5 for English.</remarks>
internal sealed record MeteorStatistics(
    (double Candidate, double Reference) Words,
    (double Candidate, double Reference) FunctionWords,
    (double Candidate, double Reference)[] Content,
    (double Candidate, double Reference)[] Function,
    double Chunks,
    (double Candidate, double Reference) Matched)
{
    private const double Alpha = 0.85;
    private const double Beta = 0.2;
    private const double Gamma = 0.6;
    private const double Delta = 0.75;

    /// <summary>Weights of the modules exact, stem, synonym, paraphrase.</summary>
    private static readonly double[] Weights = [1.0, 0.6, 0.8, 0.6];

    /// <summary>Nothing counted yet.</summary>
    public static MeteorStatistics None { get; } = new(
        (0, 0), (0, 0), new (double, double)[Weights.Length], new (double, double)[Weights.Length], 0, (0, 0));

    /// <summary>Whether one run of matches covers both sides wholly: such a pair is not fragmented at all.</summary>
    public bool IsWhole => Chunks == 1 && Matched == Words;

    /// <summary>The score, 0 to 1.</summary>
    public double Score
    {
        get
        {
            var precision = Share(m => m.Candidate, Words.Candidate, FunctionWords.Candidate);
            var recall = Share(m => m.Reference, Words.Reference, FunctionWords.Reference);
            if (precision == 0 || recall == 0)
            {
                return 0;
            }

            var mean = precision * recall / ((Alpha * precision) + ((1 - Alpha) * recall));
            var matched = (Matched.Candidate + Matched.Reference) / 2;
            var penalty = IsWhole || matched == 0 ? 0 : Gamma * Math.Pow(Chunks / matched, Beta);
            return mean * (1 - penalty);
        }
    }

    /// <summary>Reads a statistics line of METEOR.</summary>
    public static MeteorStatistics Parse(string line)
    {
        var n = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new MeteorStatistics(
            (n[0], n[1]),
            (n[2], n[3]),
            [.. Weights.Select((_, k) => (n[4 + (4 * k)], n[5 + (4 * k)]))],
            [.. Weights.Select((_, k) => (n[6 + (4 * k)], n[7 + (4 * k)]))],
            n[20],
            (n[21], n[22]));
    }

    /// <summary>The statistics of two texts as of one: a pair that is covered wholly adds no chunk.</summary>
    public MeteorStatistics Plus(MeteorStatistics other) => new(
        Sum(Words, other.Words),
        Sum(FunctionWords, other.FunctionWords),
        [.. Content.Zip(other.Content, Sum)],
        [.. Function.Zip(other.Function, Sum)],
        Chunks + (other.IsWhole ? 0 : other.Chunks),
        Sum(Matched, other.Matched));

    private static (double Candidate, double Reference) Sum(
        (double Candidate, double Reference) a, (double Candidate, double Reference) b) => (a.Candidate + b.Candidate, a.Reference + b.Reference);

    private double Share(Func<(double Candidate, double Reference), double> side, double words, double functionWords)
    {
        var all = (Delta * (words - functionWords)) + ((1 - Delta) * functionWords);
        var matched = Weights.Select((w, k) => w * ((Delta * side(Content[k])) + ((1 - Delta) * side(Function[k])))).Sum();
        return all == 0 ? 0 : matched / all;
    }
}
