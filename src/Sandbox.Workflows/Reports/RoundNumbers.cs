namespace Sandbox.Workflows.Reports;

/// <summary>Round numbers for bins and axes: 1, 2, 2.5 and 5 times a power of ten.</summary>
internal static class RoundNumbers
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>The smallest round number that is not below a positive one.</summary>
    public static double AtLeast(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * Array.Find(Steps, s => s * power >= value * 0.999_999);
    }

    /// <summary>Round numbers inside a range, about so many.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int wanted)
    {
        var span = high - low;
        if (!(span > 0) || !double.IsFinite(span))
        {
            return [low];
        }

        var step = AtLeast(span / wanted);
        var first = Math.Ceiling((low / step) - 1e-9);
        var count = (int)Math.Floor((high / step) - first + 1e-9) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (first + i) * step)];
    }
}
