using System.Runtime.InteropServices;

namespace Sandbox.Tracking.Charts;

/// <summary>Keeps of a curve that comes point by point what a drawing needs: of each stretch the first, the lowest, the highest
/// and the last point, and one that is no number. Where the stretches become too many, two neighbours become one; so memory
/// stays the same however long the curve is, and every point that is kept was measured.</summary>
/// <param name="points">Most points to keep, about.</param>
internal sealed class CurveSampler(int points)
{
    // First, lowest, highest, last; most stretches of a real curve need three of them.
    private const int PointsAStretch = 4;
    private readonly int _most = Math.Max(2, points / PointsAStretch);
    private List<Stretch> _stretches = [];
    private long _size = 1;

    /// <summary>How many points came.</summary>
    public long Count { get; private set; }

    public void Add(double step, double value)
    {
        var place = new Placed(Count++, new MetricPoint(step, value));
        if (_stretches.Count > 0 && _stretches[^1].Count < _size)
        {
            _stretches[^1] = _stretches[^1].With(place);
            return;
        }

        if (_stretches.Count == _most)
        {
            _stretches = [.. _stretches.Chunk(2).Select(pair => pair.Length == 2 ? pair[0].With(pair[1]) : pair[0])];
            _size *= 2;
            if (_stretches[^1].Count < _size)
            {
                _stretches[^1] = _stretches[^1].With(place);
                return;
            }
        }

        _stretches.Add(Stretch.Of(place));
    }

    /// <summary>The points, by step; those of one step in the order in which they came.</summary>
    public IReadOnlyList<MetricPoint> Points =>
        [.. _stretches.SelectMany(s => s.Points).OrderBy(p => p.Point.Step).ThenBy(p => p.Number).Select(p => p.Point)];

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Placed(long Number, MetricPoint Point);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Stretch(long Count, Placed First, Placed? Low, Placed? High, Placed? Broken, Placed Last)
    {
        public IEnumerable<Placed> Points =>
            new[] { First, Low ?? First, High ?? First, Broken ?? First, Last }.DistinctBy(p => p.Number).OrderBy(p => p.Number);

        public static Stretch Of(Placed point) => double.IsNaN(point.Point.Value)
            ? new Stretch(1, point, null, null, point, point)
            : new Stretch(1, point, point, point, null, point);

        public Stretch With(Placed point) => With(Of(point));

        public Stretch With(Stretch next) => new(
            Count + next.Count, First, Lower(Low, next.Low), Higher(High, next.High), Broken ?? next.Broken, next.Last);

        private static Placed? Lower(Placed? a, Placed? b) => a is null || (b is { } other && other.Point.Value < a.Value.Point.Value) ? b : a;

        private static Placed? Higher(Placed? a, Placed? b) => a is null || (b is { } other && other.Point.Value > a.Value.Point.Value) ? b : a;
    }
}
