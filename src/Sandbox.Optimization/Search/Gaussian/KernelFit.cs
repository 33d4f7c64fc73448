namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Finds the kernel under which the observations are most likely: the maximum of the logarithmic marginal likelihood
/// (Rasmussen and Williams, eq. 5.8 and 5.9) plus that of normal priors on the logarithms of the parameters.</summary>
internal sealed class KernelFit
{
    private const int Iterations = 40;

    // Medians and deviations of the logarithms, for values of deviation 1 in a unit cube.
    private static readonly (double Median, double Deviation) WeightPrior = (Math.Log(3), 2.0);
    private static readonly (double Median, double Deviation) ScalePrior = (0, 1.5);
    private static readonly (double Median, double Deviation) NoisePrior = (Math.Log(1e-4), 3.0);
    private static readonly (double Low, double High) WeightLimits = (Math.Log(1e-4), Math.Log(1e4));
    private static readonly (double Low, double High) ScaleLimits = (Math.Log(1e-2), Math.Log(1e3));
    private static readonly (double Low, double High) NoiseLimits = (Math.Log(1e-7), Math.Log(1));

    private readonly double[] _values;
    private readonly int _axes;

    // Squared differences of each pair i > j, pair after pair, an axis apiece.
    private readonly double[][] _squares;

    public KernelFit(IReadOnlyList<double[]> rows, double[] values, bool[] isChoice)
    {
        _values = values;
        _axes = isChoice.Length;
        _squares = new double[rows.Count * (rows.Count - 1) / 2][];
        var pair = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                _squares[pair++] = [.. Enumerable.Range(0, _axes).Select(a => Kernel.SquaredDifference(rows[i][a], rows[j][a], isChoice[a]))];
            }
        }
    }

    /// <summary>The kernel; the best of two starts.</summary>
    public Kernel Find()
    {
        double[] low = [.. Enumerable.Repeat(WeightLimits.Low, _axes), ScaleLimits.Low, NoiseLimits.Low];
        double[] high = [.. Enumerable.Repeat(WeightLimits.High, _axes), ScaleLimits.High, NoiseLimits.High];
        var best = (Value: double.PositiveInfinity, Point: Array.Empty<double>());
        foreach (var weight in new[] { WeightPrior.Median, WeightPrior.Median + 2.5 })
        {
            double[] point = [.. Enumerable.Repeat(weight, _axes), ScalePrior.Median, NoisePrior.Median];
            var value = new BoxMinimizer(low, high, Iterations).Minimize(point, Evaluate);
            best = value < best.Value || best.Point.Length == 0 ? (value, point) : best;
        }

        return ToKernel(best.Point);
    }

    private static Kernel ToKernel(ReadOnlySpan<double> point)
    {
        var weights = new double[point.Length - 2];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(point[i]);
        }

        return new Kernel(weights, Math.Exp(point[^2]), Math.Exp(point[^1]));
    }

    // The negative logarithm of the posterior.
    internal double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        var kernel = ToKernel(point);
        var count = _values.Length;
        var matrix = new double[count][];
        var slopes = new double[_squares.Length];
        var pair = 0;
        for (var i = 0; i < count; i++)
        {
            matrix[i] = new double[i + 1];
            for (var j = 0; j < i; j++, pair++)
            {
                var square = LowerTriangle.Dot(kernel.Weights, _squares[pair]);
                matrix[i][j] = kernel.At(square);
                slopes[pair] = kernel.Slope(square);
            }

            matrix[i][i] = kernel.Scale + kernel.Noise;
        }

        if (LowerTriangle.Factor(matrix) is not { } factor)
        {
            return double.PositiveInfinity;
        }

        var alpha = _values.ToArray();
        factor.SolveLower(alpha);
        factor.SolveUpper(alpha);
        var likelihood = (0.5 * LowerTriangle.Dot(_values, alpha)) + factor.HalfLogDeterminant + (count / 2.0 * Math.Log(2 * Math.PI));
        Gradient(kernel, matrix, slopes, alpha, factor.Inverse(), gradient);
        return likelihood + Priors(point, gradient);
    }

    private void Gradient(Kernel kernel, double[][] matrix, double[] slopes, double[] alpha, double[][] inverse, Span<double> gradient)
    {
        gradient.Clear();
        var pair = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            for (var j = 0; j < i; j++, pair++)
            {
                // Twice, for (i, j) and (j, i).
                var influence = inverse[i][j] - (alpha[i] * alpha[j]);
                gradient[_axes] += influence * matrix[i][j];
                var slope = influence * slopes[pair];
                var squares = _squares[pair];
                for (var a = 0; a < _axes; a++)
                {
                    gradient[a] += slope * kernel.Weights[a] * squares[a];
                }
            }

            var diagonal = 0.5 * (inverse[i][i] - (alpha[i] * alpha[i]));
            gradient[_axes] += diagonal * kernel.Scale;
            gradient[_axes + 1] += diagonal * kernel.Noise;
        }
    }

    private static double Priors(ReadOnlySpan<double> point, Span<double> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < point.Length; i++)
        {
            var (median, deviation) = i < point.Length - 2 ? WeightPrior : i == point.Length - 2 ? ScalePrior : NoisePrior;
            var z = (point[i] - median) / deviation;
            sum += z * z / 2;
            gradient[i] += z / deviation;
        }

        return sum;
    }
}
