using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search.Modelling;

/// <summary>The axes that a model sees: those with more than one value. Ordered parameters lie in [0, 1], by their
/// distribution function; an unordered one is its index, and two of its values are alike or not. A parameter that means
/// nothing has a fixed place: as a choice index -1, as a number the one given.</summary>
internal sealed class ModelSpace
{
    private readonly SearchSpace _space;
    private readonly double _absent;
    private readonly int[] _axes;

    public ModelSpace(SearchSpace space, double absent)
    {
        (_space, _absent) = (space, absent);
        _axes = [.. Enumerable.Range(0, space.Axes.Count).Where(i => !space.Axes[i].IsFixed)];
        IsChoice = [.. _axes.Select(i => space.Axes[i].Choices > 0)];
    }

    /// <summary>Number of axes.</summary>
    public int Size => _axes.Length;

    /// <summary>Which axes have no order.</summary>
    public bool[] IsChoice { get; }

    /// <summary>The parameter of an axis.</summary>
    public Axis Parameter(int axis) => _space.Axes[_axes[axis]];

    /// <summary>A point of the search space as the model sees it.</summary>
    public double[] Row(double[] point)
    {
        var row = new double[Size];
        for (var i = 0; i < row.Length; i++)
        {
            var value = point[_axes[i]];
            row[i] = !double.IsNaN(value) ? value : IsChoice[i] ? -1 : _absent;
        }

        return row;
    }

    /// <summary>Puts coordinates into a point of the search space, settled.</summary>
    public double[] Point(ReadOnlySpan<double> row)
    {
        var point = new double[_space.Axes.Count];
        for (var i = 0; i < row.Length; i++)
        {
            point[_axes[i]] = IsChoice[i] && row[i] < 0 ? double.NaN : row[i];
        }

        _space.Settle(point);
        return point;
    }

    /// <summary>A row from one uniform number a parameter.</summary>
    public double[] Sample(SeededRandom random) => Row(_space.Sample(random.Take(_space.Axes.Count)));
}
