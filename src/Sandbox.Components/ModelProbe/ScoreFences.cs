namespace Sandbox.Components.ModelProbe;

/// <summary>Parts samples by their scores: easy up to the third quartile, hard above it, dirty above a fence. Dirt only makes
/// scores larger, so the spread is taken from the lower half, which dirt does not reach: the fence is the median and four times
/// its distance from the first quartile, where Tukey's fence of a symmetric crowd lies.</summary>
/// <param name="LowerQuartile">A quarter of the scores is below.</param>
/// <param name="Median">Half of the scores is below.</param>
/// <param name="UpperQuartile">A quarter of the scores is above.</param>
internal sealed record ScoreFences(double LowerQuartile, double Median, double UpperQuartile)
{
    public const string Easy = "easy";
    public const string Hard = "hard";
    public const string Dirty = "dirty";
    private const double HalfReach = 4;
    private const double TukeysReach = 1.5;

    /// <summary>Above it a sample is dirty. Where half of the scores are equal to the median, Tukey's own fence.</summary>
    public double Fence => Median > LowerQuartile
        ? Median + (HalfReach * (Median - LowerQuartile))
        : UpperQuartile + (TukeysReach * (UpperQuartile - LowerQuartile));

    /// <summary>The fences of some scores; those that are no number are left out.</summary>
    public static ScoreFences Of(IEnumerable<double> scores)
    {
        var sorted = scores.Where(double.IsFinite).Order().ToArray();
        return new ScoreFences(Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
    }

    /// <summary>What a sample is called.</summary>
    public string Name(double score) => score switch
    {
        _ when double.IsNaN(score) || score > Fence => Dirty,
        _ when score > UpperQuartile => Hard,
        _ => Easy,
    };

    // By linear interpolation, as in the analysis.
    private static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
