using MathNet.Numerics.LinearAlgebra;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>The Fréchet distance of two normal distributions fitted to features: |μ₁ − μ₂|² + tr(S₁ + S₂ − 2(S₁S₂)^½).</summary>
/// <remarks>Heusel et al., 2017 (FID). The trace of the root is the sum of the singular values of the product of the two
/// centred matrices: no root of an unsymmetric matrix is needed, and singular covariances do no harm.</remarks>
internal static class FrechetDistance
{
    /// <summary>The distance.</summary>
    /// <param name="real">Features of real data, one row a sample.</param>
    /// <param name="generated">Features of generated data, as wide.</param>
    /// <param name="freedom">What is taken off the number of rows in a covariance: 1, or 0 as in upstream's FVD.</param>
    public static double Of(double[][] real, double[][] generated, int freedom)
    {
        var (a, b) = (Centre(real), Centre(generated));
        var means = a.Mean.Subtract(b.Mean);
        var (scaleA, scaleB) = (1.0 / (real.Length - freedom), 1.0 / (generated.Length - freedom));
        var root = Shorten(a.Centred).TransposeAndMultiply(Shorten(b.Centred));
        var trace = root.Svd(computeVectors: false).S.Sum() * Math.Sqrt(scaleA * scaleB);
        return means.DotProduct(means) + (Squares(a.Centred) * scaleA) + (Squares(b.Centred) * scaleB) - (2 * trace);
    }

    private static (Vector<double> Mean, Matrix<double> Centred) Centre(double[][] rows)
    {
        var matrix = Matrix<double>.Build.DenseOfRowArrays(rows);
        var mean = matrix.ColumnSums() / rows.Length;
        for (var j = 0; j < matrix.ColumnCount; j++)
        {
            matrix.SetColumn(j, matrix.Column(j).Subtract(mean[j]));
        }

        return (mean, matrix);
    }

    // A matrix with the same product with its own transpose, and no more rows than columns.
    private static Matrix<double> Shorten(Matrix<double> matrix) =>
        matrix.RowCount > matrix.ColumnCount ? matrix.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).R : matrix;

    private static double Squares(Matrix<double> matrix) => matrix.Enumerate().Sum(v => v * v);
}
