using System.Text.Json;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis.Figures;

/// <summary>Statistics apart for each value of a tag: of another statistic such as the language, or of a field. Count, mean,
/// standard deviation and extremes, one pass; beyond so many values the rest is put together.</summary>
internal sealed class Breakdown(string key)
{
    /// <summary>Values that are told apart.</summary>
    public const int MostValues = 1000;

    /// <summary>What the rest is called.</summary>
    public const string Others = "(others)";

    private readonly Dictionary<string, BreakdownGroup> _groups = new(StringComparer.Ordinal);

    public string Key { get; } = key;

    /// <summary>The groups, largest first.</summary>
    public IReadOnlyList<BreakdownGroup> Groups => [.. _groups.Values.OrderByDescending(g => g.Rows).ThenBy(g => g.Value, StringComparer.Ordinal)];

    /// <summary>Whether any row has the tag.</summary>
    public bool IsEmpty => _groups.Count == 0;

    public void Add(Row row)
    {
        if (Value(row) is not { } value)
        {
            return;
        }

        value = _groups.Count >= MostValues && !_groups.ContainsKey(value) ? Others : value;
        if (!_groups.TryGetValue(value, out var group))
        {
            _groups[value] = group = new BreakdownGroup(value);
        }

        group.Add(row.Stats);
    }

    private string? Value(Row row)
    {
        if (row.Stats.Find(Key) is { } stat)
        {
            return stat.AsText ?? stat.ToNode()?.ToJsonString();
        }

        return row.TryWalk(Key, out var node) && node is not null
            ? node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString()
            : null;
    }
}

/// <summary>The rows with one value of a tag.</summary>
internal sealed class BreakdownGroup(string value)
{
    private readonly SortedDictionary<string, Moments> _columns = new(StringComparer.Ordinal);

    public string Value { get; } = value;

    public long Rows { get; private set; }

    public IEnumerable<KeyValuePair<string, Moments>> Columns => _columns;

    public void Add(RowStats stats)
    {
        Rows++;
        foreach (var (name, value) in stats.AsSet)
        {
            if (value.Kind is StatKind.Integer or StatKind.Number && double.IsFinite(value.AsDouble))
            {
                if (!_columns.TryGetValue(name, out var moments))
                {
                    _columns[name] = moments = new Moments();
                }

                moments.Add(value.AsDouble);
            }
        }
    }
}

/// <summary>Count, mean, standard deviation (n − 1) and extremes in one pass.</summary>
internal sealed class Moments
{
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double StandardDeviation => Count < 2 ? double.NaN : Math.Sqrt(_squares / (Count - 1));

    public void Add(double value)
    {
        Count++;
        var difference = value - Mean;
        Mean += difference / Count;
        _squares += difference * (value - Mean);
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }
}
