namespace Sandbox.Components.TextQuality;

/// <summary>Finds the minimum of a smooth function of many unknowns.</summary>
/// <remarks>Nocedal and Wright, "Numerical Optimization", algorithms 7.4 and 7.5, with a line search that halves and
/// doubles its step until both Wolfe conditions hold.</remarks>
internal sealed class LimitedMemoryBfgs(int maxIterations, double tolerance)
{
    private const int Memory = 10;
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MostSteps = 40;
    private readonly List<(double[] Step, double[] Change, double Rho)> _pairs = [];

    /// <summary>Is told the value after each iteration.</summary>
    public Action<int, double>? Iterated { get; init; }

    /// <summary>Searches from a point, which becomes the minimum; gives the value there.</summary>
    public double Minimise(Func<double[], double[], double> function, double[] point, CancellationToken cancellationToken)
    {
        var gradient = new double[point.Length];
        var value = function(point, gradient);
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var direction = Direction(gradient);
            if (Search(function, point, value, gradient, direction) is not { } next)
            {
                break;
            }

            Remember(point, gradient, next);
            var improvement = value - next.Value;
            Array.Copy(next.Point, point, point.Length);
            (value, gradient) = (next.Value, next.Gradient);
            Iterated?.Invoke(iteration, value);
            if (improvement <= tolerance * Math.Max(Math.Abs(value), tolerance) || Norm(gradient) <= tolerance * Math.Max(1e-8, Math.Abs(value)))
            {
                break;
            }
        }

        return value;
    }

    private static (double[] Point, double Value, double[] Gradient)? Search(
        Func<double[], double[], double> function, double[] point, double value, double[] gradient, double[] direction)
    {
        var slope = Dot(gradient, direction);
        var (low, high, step) = (0.0, double.PositiveInfinity, 1.0);
        (double[], double, double[])? best = null;
        for (var attempt = 0; attempt < MostSteps && slope < 0; attempt++)
        {
            var next = point.Zip(direction, (p, d) => p + (step * d)).ToArray();
            var nextGradient = new double[point.Length];
            var nextValue = function(next, nextGradient);
            if (!(nextValue <= value + (Decrease * step * slope)))
            {
                high = step;
            }
            else if (Dot(nextGradient, direction) < Curvature * slope)
            {
                (low, best) = (step, (next, nextValue, nextGradient));
            }
            else
            {
                return (next, nextValue, nextGradient);
            }

            step = double.IsPositiveInfinity(high) ? 2 * step : (low + high) / 2;
        }

        return best;
    }

    private void Remember(double[] point, double[] gradient, (double[] Point, double Value, double[] Gradient) next)
    {
        var step = next.Point.Zip(point, (a, b) => a - b).ToArray();
        var change = next.Gradient.Zip(gradient, (a, b) => a - b).ToArray();
        var product = Dot(step, change);
        if (product > 0)
        {
            _pairs.Add((step, change, 1 / product));
        }

        if (_pairs.Count > Memory)
        {
            _pairs.RemoveAt(0);
        }
    }

    private double[] Direction(double[] gradient)
    {
        var direction = gradient.Select(g => -g).ToArray();
        var weights = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = _pairs[i].Rho * Dot(_pairs[i].Step, direction);
            Add(direction, -weights[i], _pairs[i].Change);
        }

        if (_pairs is [.., var newest])
        {
            Scale(direction, 1 / newest.Rho / Dot(newest.Change, newest.Change));
        }
        else
        {
            Scale(direction, 1 / Math.Max(Norm(gradient), double.Epsilon));
        }

        for (var i = 0; i < _pairs.Count; i++)
        {
            Add(direction, weights[i] - (_pairs[i].Rho * Dot(_pairs[i].Change, direction)), _pairs[i].Step);
        }

        return direction;
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(double[] target, double factor, double[] what)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * what[i];
        }
    }

    private static void Scale(double[] target, double factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] *= factor;
        }
    }
}
