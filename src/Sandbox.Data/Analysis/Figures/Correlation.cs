using System.Runtime.InteropServices;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis.Figures;

/// <summary>Pearson's correlation of every two statistics that are numbers, over the rows that have both. One pass: means and
/// co-moments are carried along (Welford's recurrence).</summary>
internal sealed class Correlation
{
    private readonly List<string> _names = [];
    private readonly Dictionary<(int, int), Pair> _pairs = [];
    private readonly List<(int Index, double Value)> _row = [];

    /// <summary>Takes note of a row.</summary>
    public void Add(RowStats stats)
    {
        _row.Clear();
        foreach (var (name, value) in stats.AsSet)
        {
            if (value.Kind is StatKind.Integer or StatKind.Number && double.IsFinite(value.AsDouble))
            {
                _row.Add((IndexOf(name), value.AsDouble));
            }
        }

        for (var i = 0; i < _row.Count; i++)
        {
            for (var j = i; j < _row.Count; j++)
            {
                var ((first, x), (second, y)) = _row[i].Index <= _row[j].Index ? (_row[i], _row[j]) : (_row[j], _row[i]);
                CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (first, second), out _).Add(x, y);
            }
        }
    }

    /// <summary>The matrix; columns in ordinal order, NaN where a statistic does not vary.</summary>
    public (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Matrix) ToMatrix()
    {
        var columns = _names.Order(StringComparer.Ordinal).ToList();
        return (columns, [.. columns.Select(a => (IReadOnlyList<double>)[.. columns.Select(b => Of(a, b))])]);
    }

    private double Of(string a, string b)
    {
        var (i, j) = (_names.IndexOf(a), _names.IndexOf(b));
        return _pairs.TryGetValue((Math.Min(i, j), Math.Max(i, j)), out var pair) ? pair.Coefficient : double.NaN;
    }

    private int IndexOf(string name)
    {
        var at = _names.IndexOf(name);
        if (at < 0)
        {
            _names.Add(name);
            at = _names.Count - 1;
        }

        return at;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Pair
    {
        private long _count;
        private double _meanX;
        private double _meanY;
        private double _squaresX;
        private double _squaresY;
        private double _products;

        public readonly double Coefficient => _count < 2 ? double.NaN : _products / Math.Sqrt(_squaresX * _squaresY);

        public void Add(double x, double y)
        {
            _count++;
            var (dx, dy) = (x - _meanX, y - _meanY);
            _meanX += dx / _count;
            _meanY += dy / _count;
            _squaresX += dx * (x - _meanX);
            _squaresY += dy * (y - _meanY);
            _products += dx * (y - _meanY);
        }
    }
}
