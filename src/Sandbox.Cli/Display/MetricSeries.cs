namespace Sandbox.Cli.Display;

/// <summary>One metric over a log, in bounded memory: its figures, and enough values for a curve.</summary>
internal sealed class MetricSeries
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const char NotANumber = '×';
    private const int CurveWidth = 32;
    private readonly List<double> _kept = [];
    private int _stride = 1;

    public int Count { get; private set; }

    public int NotNumbers { get; private set; }

    public double First { get; private set; } = double.NaN;

    public double Last { get; private set; } = double.NaN;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Takes the next value.</summary>
    public void Add(double value)
    {
        First = Count == 0 ? value : First;
        Last = value;
        if (double.IsNaN(value))
        {
            NotNumbers++;
        }
        else
        {
            (Min, Max) = (Math.Min(Min, value), Math.Max(Max, value));
        }

        if (Count++ % _stride == 0)
        {
            Keep(value);
        }
    }

    /// <summary>The curve as a line of bars; <c>×</c> is NaN.</summary>
    public string Curve()
    {
        var shown = _kept.Count <= CurveWidth
            ? _kept
            : [.. Enumerable.Range(0, CurveWidth).Select(i => _kept[i * (_kept.Count - 1) / (CurveWidth - 1)])];
        var finite = shown.Where(double.IsFinite).ToList();
        var (low, high) = finite.Count == 0 ? (0, 0) : (finite.Min(), finite.Max());
        return string.Concat(shown.Select(v => Bar(v, low, high)));
    }

    private static char Bar(double value, double low, double high)
    {
        if (double.IsNaN(value))
        {
            return NotANumber;
        }

        var share = high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 0;
        return Bars[(int)Math.Round(share * (Bars.Length - 1))];
    }

    // Every other value goes when there are too many, so that a log of any length gives an even curve.
    private void Keep(double value)
    {
        _kept.Add(value);
        if (_kept.Count < CurveWidth * 4)
        {
            return;
        }

        for (var i = 0; i < _kept.Count; i++)
        {
            _kept.RemoveAt(i + 1);
        }

        _stride *= 2;
    }
}
