using Sandbox.Data.Analysis.Figures;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis;

/// <summary>One statistic of all rows, described as pandas' <c>describe</c> does. Values that are missing or NaN do not
/// count.</summary>
internal sealed class StatisticColumn(string name, Func<string> newPath) : IDisposable
{
    private const int ShownTexts = 100;
    private const int MostTexts = 1_000_000;
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);
    private SpilledNumbers? _numbers;

    public string Name { get; } = name;

    public void Add(StatValue value)
    {
        switch (value.Kind)
        {
            case StatKind.Integer or StatKind.Number when !double.IsNaN(value.AsDouble):
                (_numbers ??= new SpilledNumbers(newPath())).Add(value.AsDouble);
                break;
            case StatKind.Text:
                Count(value.AsText!);
                break;
            case StatKind.Boolean:
                Count(value.AsDouble != 0 ? "True" : "False");
                break;
        }
    }

    /// <summary>The figure; before <see cref="Describe"/>, which gives the numbers up.</summary>
    public ColumnFigure ToFigure() => _numbers is null && _texts.Count > 0
        ? new ColumnFigure(Name, null, null, [.. _texts.OrderByDescending(p => p.Value).Take(ShownTexts).Select(p => (p.Key, p.Value))])
        : new ColumnFigure(Name, _numbers is null ? null : Histogram.Of(_numbers), _numbers is null ? null : BoxFigure.Of(_numbers), null);

    /// <summary>The measures in order: name, and a number or a text.</summary>
    public IReadOnlyList<(string Measure, object Value)> Describe(IReadOnlyList<double> percentiles)
    {
        if (_numbers is null && _texts.Count > 0)
        {
            return DescribeTexts();
        }

        using var numbers = _numbers ?? new SpilledNumbers(newPath());
        var quantiles = numbers.Quantiles(percentiles);
        return
        [
            ("count", (double)numbers.Count),
            ("mean", numbers.Mean),
            ("std", numbers.StandardDeviation()),
            ("min", numbers.Min),
            .. percentiles.Zip(quantiles, (share, value) => (PercentileName(share), (object)value)),
            ("max", numbers.Max),
        ];
    }

    public void Dispose() => _numbers?.Dispose();

    private List<(string Measure, object Value)> DescribeTexts()
    {
        // Of equally frequent texts the first in the data, as in pandas' count of values.
        var top = _texts.MaxBy(pair => pair.Value);
        return
        [
            ("count", (double)_texts.Values.Sum()),
            ("unique", (double)_texts.Count),
            ("top", top.Key),
            ("freq", (double)top.Value),
        ];
    }

    // Beyond a million different texts those that are new count as one, so that memory stays bounded.
    private void Count(string text)
    {
        text = _texts.Count >= MostTexts && !_texts.ContainsKey(text) ? Breakdown.Others : text;
        _texts[text] = _texts.GetValueOrDefault(text) + 1;
    }

    private static string PercentileName(double share) =>
        Math.Round(share * 100, 8).ToString("0.########", System.Globalization.CultureInfo.InvariantCulture) + "%";
}
