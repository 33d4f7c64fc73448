namespace Sandbox.Workflows.Reports.Distributions;

/// <summary>What one pass over a statistic keeps: figures, a sample for its quantiles and the counts of its texts. Its
/// memory does not grow with the data.</summary>
internal sealed class StatisticSketch
{
    private const int SampleSize = 4096;
    private const int MostCategories = 1000;
    private readonly Dictionary<string, long> _categories = new(StringComparer.Ordinal);
    private readonly List<double> _sample = [];

    // Seeded: the same data give the same report.
    private readonly Random _random = new(1);
    private double _mean;
    private double _squares;
    private long _texts;

    public long Count { get; private set; }

    public long Missing { get; private set; }

    public double Min { get; private set; } = double.NaN;

    public double Max { get; private set; } = double.NaN;

    public bool IsWhole { get; private set; } = true;

    public bool IsText => _texts > Count;

    public IReadOnlyDictionary<string, long> Categories => _categories;

    public IReadOnlyList<double> Sample => _sample;

    public StatisticSummary Summary => IsText
        ? new StatisticSummary(_texts, Missing, double.NaN, double.NaN, double.NaN, double.NaN)
        : new StatisticSummary(
            Count,
            Missing,
            Count == 0 ? double.NaN : _mean,
            Count < 2 ? double.NaN : Math.Sqrt(_squares / (Count - 1)),
            Min,
            Max);

    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            Missing++;
            return;
        }

        Count++;
        // Welford: one pass, without the cancellation of a sum of squares.
        var delta = value - _mean;
        _mean += delta / Count;
        _squares += delta * (value - _mean);
        Min = Count == 1 ? value : Math.Min(Min, value);
        Max = Count == 1 ? value : Math.Max(Max, value);
        IsWhole &= value == Math.Floor(value);
        if (_sample.Count < SampleSize)
        {
            _sample.Add(value);
        }
        else if (_random.NextInt64(Count) is var place and < SampleSize)
        {
            _sample[(int)place] = value;
        }
    }

    public void Add(string text)
    {
        _texts++;
        if (_categories.TryGetValue(text, out var count) || _categories.Count < MostCategories)
        {
            _categories[text] = count + 1;
        }
    }

    public void AddMissing(long rows = 1) => Missing += rows;
}
