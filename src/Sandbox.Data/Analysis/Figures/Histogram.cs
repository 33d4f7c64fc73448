namespace Sandbox.Data.Analysis.Figures;

/// <summary>How numbers spread: bins of equal width from the smallest to the largest, as many as the root of their number,
/// 10 at least. Rule of Data-Juicer's <c>column_wise_analysis.py</c>.</summary>
/// <param name="Low">Lower end of the first bin.</param>
/// <param name="High">Upper end of the last bin, which belongs to it.</param>
/// <param name="Counts">Numbers in each bin.</param>
internal sealed record Histogram(double Low, double High, IReadOnlyList<long> Counts)
{
    private const int FewestBins = 10;

    public static Histogram? Of(SpilledNumbers numbers)
    {
        if (numbers.Count == 0 || !double.IsFinite(numbers.Max - numbers.Min))
        {
            return null;
        }

        // One value alone gets a bin around it, as numpy does.
        var (low, high) = numbers.Min < numbers.Max ? (numbers.Min, numbers.Max) : (numbers.Min - 0.5, numbers.Max + 0.5);
        var counts = new long[Math.Max(FewestBins, (int)Math.Sqrt(numbers.Count))];
        var scale = counts.Length / (high - low);
        numbers.ForEach(value => counts[Math.Clamp((int)((value - low) * scale), 0, counts.Length - 1)]++);
        return new Histogram(low, high, counts);
    }

    /// <summary>The same with no more than so many bins.</summary>
    public Histogram Coarser(int most)
    {
        var size = (Counts.Count + most - 1) / most;
        return size == 1 ? this : new Histogram(Low, High, [.. Counts.Chunk(size).Select(c => c.Sum())]);
    }
}

/// <summary>The box of a distribution: quartiles, and whiskers to the last numbers within one and a half times the distance
/// of the quartiles; what lies beyond is an outlier.</summary>
internal sealed record BoxFigure(double Q1, double Median, double Q3, double LowWhisker, double HighWhisker, long Outliers)
{
    private const double Reach = 1.5;

    public static BoxFigure? Of(SpilledNumbers numbers)
    {
        if (numbers.Count == 0)
        {
            return null;
        }

        var quartiles = numbers.Quantiles([0.25, 0.5, 0.75]);
        var reach = Reach * (quartiles[2] - quartiles[0]);
        var (from, to) = (quartiles[0] - reach, quartiles[2] + reach);
        var (low, high, outliers) = (quartiles[0], quartiles[2], 0L);
        numbers.ForEach(value =>
        {
            outliers += value < from || value > to ? 1 : 0;
            low = value >= from && value < low ? value : low;
            high = value <= to && value > high ? value : high;
        });
        return new BoxFigure(quartiles[0], quartiles[1], quartiles[2], low, high, outliers);
    }
}
