using Sandbox.Optimization.Search.Modelling;
using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Finds the row of greatest expected improvement: many random rows and rows near the best trials, the best of them
/// climbed by gradient on the continuous axes, and by trying values on the others.</summary>
internal sealed class AcquisitionSearch(ModelSpace space, GaussianProcess process, double best, SeededRandom random)
{
    private const int RandomRows = 1000;
    private const int RowsNearEach = 40;
    private const int Climbs = 8;
    private const int ClimbIterations = 40;
    private const int Rounds = 2;

    // An ordered axis with no more values than this is tried value by value.
    private const int FewLevels = 16;

    private readonly bool[] _isSmooth = [.. Enumerable.Range(0, space.Size).Select(i => !space.IsChoice[i] && space.Parameter(i).Levels is null)];

    /// <summary>The best points found, best first, settled in the search space.</summary>
    /// <param name="incumbents">Rows of the best trials so far.</param>
    public IReadOnlyList<double[]> Find(IReadOnlyList<double[]> incumbents)
    {
        var starts = Enumerable.Range(0, RandomRows).Select(_ => space.Sample(random))
            .Concat(incumbents.SelectMany(Near))
            .Select(r => (Row: r, Value: Value(r)))
            .OrderByDescending(r => r.Value)
            .ToList();
        var ends = starts.Take(Climbs).Select(s => Climb(s.Row));
        return [.. ends.Concat(starts.Skip(Climbs)).OrderByDescending(e => e.Value).Select(e => space.Point(e.Row))];
    }

    private IEnumerable<double[]> Near(double[] row)
    {
        for (var i = 0; i < RowsNearEach; i++)
        {
            // From a tenth of the range down to a thousandth.
            var spread = Math.Pow(10, -1 - (2 * random.Next()));
            var near = row.ToArray();
            for (var axis = 0; axis < near.Length; axis++)
            {
                near[axis] = !space.IsChoice[axis] ? Math.Clamp(row[axis] + (spread * random.NextNormal()), 0, 1)
                    : random.Next() < 0.15 ? random.Next(space.Parameter(axis).Choices) : row[axis];
            }

            yield return Settled(near);
        }
    }

    private (double[] Row, double Value) Climb(double[] start)
    {
        var (row, value) = (start.ToArray(), Value(start));
        for (var round = 0; round < Rounds; round++)
        {
            var before = value;
            (row, value) = Improve(row, value, ClimbSmooth(row));
            for (var axis = 0; axis < row.Length; axis++)
            {
                foreach (var other in _isSmooth[axis] ? [] : Others(axis, row[axis]))
                {
                    var changed = row.ToArray();
                    changed[axis] = other;
                    (row, value) = Improve(row, value, Settled(changed));
                }
            }

            if (value <= before)
            {
                break;
            }
        }

        return (row, value);
    }

    private (double[] Row, double Value) Improve(double[] row, double value, double[] other)
    {
        var found = Value(other);
        return found > value ? (other, found) : (row, value);
    }

    private IEnumerable<double> Others(int axis, double current)
    {
        if (space.IsChoice[axis])
        {
            return current < 0 ? [] : Enumerable.Range(0, space.Parameter(axis).Choices).Select(i => (double)i);
        }

        var levels = space.Parameter(axis).Levels!;
        if (levels.Count <= FewLevels)
        {
            return levels;
        }

        var at = Enumerable.Range(0, levels.Count).MinBy(i => Math.Abs(levels[i] - current));
        return new[] { -8, -3, -1, 1, 3, 8 }.Select(d => levels[Math.Clamp(at + d, 0, levels.Count - 1)]);
    }

    private double[] ClimbSmooth(double[] row)
    {
        var low = row.Select((v, i) => _isSmooth[i] ? 0 : v).ToArray();
        var high = row.Select((v, i) => _isSmooth[i] ? 1 : v).ToArray();
        var end = row.ToArray();
        new BoxMinimizer(low, high, ClimbIterations).Minimize(end, Descend);
        return Settled(end);
    }

    private double Descend(ReadOnlySpan<double> row, Span<double> gradient)
    {
        Span<double> byMean = stackalloc double[row.Length];
        Span<double> byVariance = stackalloc double[row.Length];
        var (mean, variance) = process.Predict(row, byMean, byVariance);
        var deviation = Math.Sqrt(variance);
        var (value, meanWeight, deviationWeight) = ExpectedImprovement.Log(mean, deviation, best);
        for (var i = 0; i < row.Length; i++)
        {
            gradient[i] = _isSmooth[i] ? -((meanWeight * byMean[i]) + (deviationWeight * byVariance[i] / (2 * deviation))) : 0;
        }

        return -value;
    }

    private double Value(double[] row)
    {
        var (mean, variance) = process.Predict(row);
        return ExpectedImprovement.Log(mean, Math.Sqrt(variance), best).Value;
    }

    private double[] Settled(double[] row) => space.Row(space.Point(row));
}
