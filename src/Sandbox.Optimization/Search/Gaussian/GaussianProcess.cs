namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>A Gaussian process that has seen some rows and their values (Rasmussen and Williams, algorithm 2.1).</summary>
internal sealed class GaussianProcess
{
    private readonly Kernel _kernel;
    private readonly bool[] _isChoice;
    private readonly IReadOnlyList<double[]> _rows;
    private readonly LowerTriangle _factor;
    private readonly double[] _alpha;

    public GaussianProcess(Kernel kernel, IReadOnlyList<double[]> rows, double[] values, bool[] isChoice)
    {
        (_kernel, _rows, _isChoice) = (kernel, rows, isChoice);
        _factor = Factor(kernel, rows, isChoice);
        _alpha = values.ToArray();
        _factor.SolveLower(_alpha);
        _factor.SolveUpper(_alpha);
    }

    /// <summary>Mean and variance at a row.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> row)
    {
        var covariances = new double[_rows.Count];
        for (var i = 0; i < covariances.Length; i++)
        {
            covariances[i] = _kernel.At(_kernel.Distance(row, _rows[i], _isChoice));
        }

        var mean = LowerTriangle.Dot(covariances, _alpha);
        _factor.SolveLower(covariances);
        return (mean, Variance(covariances));
    }

    /// <summary>Mean and variance at a row, with their gradients; choices have none.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> row, Span<double> meanGradient, Span<double> varianceGradient)
    {
        var count = _rows.Count;
        var squares = new double[count];
        var solved = new double[count];
        for (var i = 0; i < count; i++)
        {
            squares[i] = _kernel.Distance(row, _rows[i], _isChoice);
            solved[i] = _kernel.At(squares[i]);
        }

        var mean = LowerTriangle.Dot(solved, _alpha);
        _factor.SolveLower(solved);
        var variance = Variance(solved);
        _factor.SolveUpper(solved);
        meanGradient.Clear();
        varianceGradient.Clear();
        for (var i = 0; i < count; i++)
        {
            var slope = _kernel.Slope(squares[i]);
            for (var a = 0; a < row.Length; a++)
            {
                var part = _isChoice[a] ? 0 : slope * 2 * _kernel.Weights[a] * (row[a] - _rows[i][a]);
                meanGradient[a] += part * _alpha[i];
                varianceGradient[a] -= 2 * part * solved[i];
            }
        }

        return (mean, variance);
    }

    private double Variance(double[] solved) => Math.Max(_kernel.Scale - LowerTriangle.Dot(solved, solved), 1e-12 * _kernel.Scale);

    private static LowerTriangle Factor(Kernel kernel, IReadOnlyList<double[]> rows, bool[] isChoice)
    {
        // Rows that are all but equal may leave the matrix singular: noise is added until it is not.
        for (var noise = kernel.Noise; ; noise = Math.Max(noise * 10, 1e-10 * kernel.Scale))
        {
            var matrix = new double[rows.Count][];
            for (var i = 0; i < matrix.Length; i++)
            {
                matrix[i] = new double[i + 1];
                for (var j = 0; j < i; j++)
                {
                    matrix[i][j] = kernel.At(kernel.Distance(rows[i], rows[j], isChoice));
                }

                matrix[i][i] = kernel.Scale + noise;
            }

            if (LowerTriangle.Factor(matrix) is { } factor)
            {
                return factor;
            }
        }
    }
}
