using System.Text.Json.Nodes;
using Sandbox.Optimization.Distributions;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Space;

/// <summary>The parameters of a sweep as the axes of a space, in ordinal order of their paths. A point has a coordinate for
/// each axis, NaN where the parameter means nothing under the others' values.</summary>
internal sealed class SearchSpace
{
    private readonly IReadOnlyList<int> _parentsFirst;
    private readonly bool _hasConditions;

    private SearchSpace(IReadOnlyList<Axis> axes)
    {
        Axes = axes;
        _parentsFirst = Order(axes);
        _hasConditions = axes.Any(a => a.Conditions.Count > 0);
    }

    /// <summary>The axes.</summary>
    public IReadOnlyList<Axis> Axes { get; }

    /// <summary>The space of a checked sweep.</summary>
    public static SearchSpace Of(IReadOnlyList<SweepParameter> parameters)
    {
        var leaves = Ordered(parameters);
        int IndexOf(string name) => leaves.FindIndex(l => string.Join('.', l.Path) == name);
        return new SearchSpace([.. leaves.Select(l => new Axis(
            l.Path, Distribution.Of(l.Distribution), [.. l.Conditions.Select(c => new AxisCondition(IndexOf(c.Parameter), c.Values))]))]);
    }

    /// <summary>The parameters that have a distribution, in the order of the axes.</summary>
    public static List<SweepLeaf> Ordered(IReadOnlyList<SweepParameter> parameters) =>
        [.. SweepParameter.Leaves(parameters).OrderBy(l => string.Join('.', l.Path), StringComparer.Ordinal)];

    /// <summary>The parameters at a point, nested as configured, without those that mean nothing.</summary>
    public JsonObject Decode(ReadOnlySpan<double> point)
    {
        var result = new JsonObject();
        for (var i = 0; i < Axes.Count; i++)
        {
            if (!double.IsNaN(point[i]))
            {
                Put(result, Axes[i].Path, Axes[i].Decode(point[i]));
            }
        }

        return result;
    }

    /// <summary>The point of a set of parameters; NaN where one is absent.</summary>
    public double[] Encode(JsonObject parameters) =>
        [.. Axes.Select(a => Find(parameters, a.Path, out var value) ? a.Encode(value) : double.NaN)];

    /// <summary>Gives NaN to what means nothing under the others' values, and puts numbers on their grids.</summary>
    public void Settle(double[] point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Axes[i].Snap(double.IsNaN(point[i]) ? Axes[i].Sample(0.5) : point[i]);
        }

        if (!_hasConditions)
        {
            return;
        }

        var active = Active(i => Axes[i].Decode(point[i]));
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = active[i] ? point[i] : double.NaN;
        }
    }

    /// <summary>Which axes mean something, given the value of each.</summary>
    public bool[] Active(Func<int, JsonNode?> value)
    {
        var active = new bool[Axes.Count];
        foreach (var i in _parentsFirst)
        {
            active[i] = Axes[i].Conditions.All(c => active[c.Axis] && c.Values.Any(v => JsonEquality.Same(v, value(c.Axis))));
        }

        return active;
    }

    /// <summary>A point from one uniform number an axis.</summary>
    public double[] Sample(ReadOnlySpan<double> probabilities)
    {
        var point = new double[Axes.Count];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Axes[i].Sample(probabilities[i]);
        }

        Settle(point);
        return point;
    }

    /// <summary>Finds a parameter by its path.</summary>
    public static bool Find(JsonObject parameters, IReadOnlyList<string> path, out JsonNode? value)
    {
        value = parameters;
        foreach (var key in path)
        {
            if (value is not JsonObject group || !group.TryGetPropertyValue(key, out value))
            {
                value = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets a parameter by its path.</summary>
    public static void Put(JsonObject target, IReadOnlyList<string> path, JsonNode? value)
    {
        foreach (var key in path.SkipLast(1))
        {
            if (target[key] is not JsonObject inner)
            {
                target[key] = inner = [];
            }

            target = inner;
        }

        target[path[^1]] = value;
    }

    private static List<int> Order(IReadOnlyList<Axis> axes)
    {
        var order = new List<int>();
        void Visit(int index)
        {
            foreach (var condition in axes[index].Conditions)
            {
                Visit(condition.Axis);
            }

            if (!order.Contains(index))
            {
                order.Add(index);
            }
        }

        for (var i = 0; i < axes.Count; i++)
        {
            Visit(i);
        }

        return order;
    }
}
