namespace Sandbox.Workflows.Reports.Distributions;

/// <summary>Common bins of equal, round width for two sets.</summary>
internal sealed class BinScale
{
    private const int WantedBins = 36;
    private readonly double _width;

    private BinScale(double first, double width, int bins)
    {
        _width = width;
        Edges = [.. Enumerable.Range(0, bins + 1).Select(i => first + (i * width))];
    }

    public IReadOnlyList<double> Edges { get; }

    /// <summary>Chooses bins for all values of the sketches; where a few far values would press the others into one
    /// bin, the scale leaves them out.</summary>
    public static BinScale For(IReadOnlyCollection<StatisticSketch> sketches)
    {
        var used = sketches.Where(s => s.Count > 0).ToList();
        if (used.Count == 0)
        {
            return new BinScale(0, 1, 1);
        }

        var isWhole = used.TrueForAll(s => s.IsWhole);
        var (low, high) = Range(used);
        var width = ChartWidth(low, high, isWhole);
        // A whole number stands in the middle of its bin.
        var offset = isWhole && width == 1 ? 0.5 : 0;
        var first = (Math.Floor((low + offset) / width) * width) - offset;
        var bins = Math.Max(1, (int)Math.Ceiling((high - first) / width));
        return new BinScale(first, width, first + (bins * width) <= high && isWhole ? bins + 1 : bins);
    }

    /// <summary>The bin of a value: -1 below the scale, the number of bins above it.</summary>
    public int BinOf(double value)
    {
        var bins = Edges.Count - 1;
        if (value < Edges[0])
        {
            return -1;
        }

        return value > Edges[bins] ? bins : Math.Clamp((int)((value - Edges[0]) / _width), 0, bins - 1);
    }

    private static (double Low, double High) Range(List<StatisticSketch> sketches)
    {
        var (min, max) = (sketches.Min(s => s.Min), sketches.Max(s => s.Max));
        var sample = sketches.SelectMany(s => s.Sample).Order().ToList();
        var low = sample[(int)(0.005 * (sample.Count - 1))];
        var high = sample[(int)(0.995 * (sample.Count - 1))];
        var margin = (high - low) / 4;
        return max - min > 3 * (high - low) && high > low
            ? (Math.Max(min, low - margin), Math.Min(max, high + margin))
            : (min, max);
    }

    private static double ChartWidth(double low, double high, bool isWhole)
    {
        var span = high - low;
        if (!(span > 0) || !double.IsFinite(span))
        {
            return isWhole ? 1 : Math.Max(Math.Abs(low) * 0.1, 1e-6);
        }

        var width = RoundNumbers.AtLeast(span / WantedBins);
        return isWhole ? Math.Max(1, Math.Ceiling(width)) : width;
    }
}
