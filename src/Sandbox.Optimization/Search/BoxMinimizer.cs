namespace Sandbox.Optimization.Search;

/// <summary>A function's value at a point, its gradient written into the second argument.</summary>
internal delegate double DifferentiableFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Finds a minimum within a box by L-BFGS (Nocedal and Wright, "Numerical Optimization", algorithm 7.4) with
/// projection: coordinates at a limit whose gradient points outwards stand still, and steps end at the limits.</summary>
internal sealed class BoxMinimizer(double[] low, double[] high, int iterations)
{
    private const int Memory = 8;
    private const double SufficientDecrease = 1e-4;
    private const double Flat = 1e-7;

    private readonly List<(double[] Step, double[] Change, double Inverse)> _pairs = [];

    /// <summary>Moves the point to a minimum near it.</summary>
    /// <returns>The value there.</returns>
    public double Minimize(double[] point, DifferentiableFunction function)
    {
        _pairs.Clear();
        var gradient = new double[point.Length];
        var value = function(point, gradient);
        for (var i = 0; i < iterations; i++)
        {
            var direction = Direction(point, gradient);
            var slope = Dot(direction, gradient);
            if (slope > -Flat * Math.Max(1, Math.Abs(value)) * 1e-3 || !double.IsFinite(slope))
            {
                break;
            }

            var nextGradient = new double[point.Length];
            if (Search(point, direction, value, gradient, function, nextGradient) is not { } found)
            {
                break;
            }

            Remember(point, found.Point, gradient, nextGradient);
            var gain = value - found.Value;
            found.Point.CopyTo(point, 0);
            (value, gradient) = (found.Value, nextGradient);
            if (gain < Flat * Math.Max(1, Math.Abs(value)) * 1e-2)
            {
                break;
            }
        }

        return value;
    }

    private (double[] Point, double Value)? Search(
        double[] point, double[] direction, double value, double[] gradient, DifferentiableFunction function, double[] nextGradient)
    {
        var step = _pairs.Count == 0 ? Math.Min(1, 0.25 / Math.Sqrt(Dot(direction, direction))) : 1.0;
        var next = new double[point.Length];
        for (var halvings = 0; halvings < 20; halvings++, step /= 2)
        {
            var decrease = 0.0;
            for (var i = 0; i < point.Length; i++)
            {
                next[i] = Math.Clamp(point[i] + (step * direction[i]), low[i], high[i]);
                decrease += gradient[i] * (next[i] - point[i]);
            }

            var found = function(next, nextGradient);
            if (double.IsFinite(found) && found <= value + (SufficientDecrease * decrease) && found < value)
            {
                return (next, found);
            }
        }

        return null;
    }

    private double[] Direction(double[] point, double[] gradient)
    {
        var direction = new double[point.Length];
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = IsHeld(point, gradient, i) ? 0 : -gradient[i];
        }

        var weights = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = _pairs[i].Inverse * Dot(_pairs[i].Step, direction);
            Add(direction, _pairs[i].Change, -weights[i]);
        }

        if (_pairs.Count > 0)
        {
            var (step, change, _) = _pairs[^1];
            var scale = Dot(step, change) / Dot(change, change);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var i = 0; i < _pairs.Count; i++)
        {
            Add(direction, _pairs[i].Step, weights[i] - (_pairs[i].Inverse * Dot(_pairs[i].Change, direction)));
        }

        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = IsHeld(point, gradient, i) ? 0 : direction[i];
        }

        return direction;
    }

    private bool IsHeld(double[] point, double[] gradient, int i) =>
        (point[i] <= low[i] && gradient[i] > 0) || (point[i] >= high[i] && gradient[i] < 0);

    private void Remember(double[] point, double[] next, double[] gradient, double[] nextGradient)
    {
        var step = new double[point.Length];
        var change = new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            step[i] = next[i] - point[i];
            change[i] = nextGradient[i] - gradient[i];
        }

        var curvature = Dot(step, change);
        if (curvature > 1e-12 * Dot(change, change))
        {
            _pairs.Add((step, change, 1 / curvature));
            if (_pairs.Count > Memory)
            {
                _pairs.RemoveAt(0);
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(double[] target, double[] other, double factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * other[i];
        }
    }
}
