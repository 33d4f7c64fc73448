using System.Numerics;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>The Cholesky factor L of a symmetric positive matrix L·Lᵀ, by rows.</summary>
internal sealed class LowerTriangle
{
    private readonly double[][] _rows;

    private LowerTriangle(double[][] rows) => _rows = rows;

    public int Size => _rows.Length;

    /// <summary>Half the logarithm of the determinant.</summary>
    public double HalfLogDeterminant => _rows.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>Factors a matrix, of which the lower triangle is read; null where it is not positive.</summary>
    public static LowerTriangle? Factor(double[][] matrix)
    {
        var rows = new double[matrix.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i] = new double[i + 1];
            for (var j = 0; j < i; j++)
            {
                row[j] = (matrix[i][j] - Dot(row.AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
            }

            var pivot = matrix[i][i] - Dot(row.AsSpan(0, i), row.AsSpan(0, i));
            if (!(pivot > 0))
            {
                return null;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return new LowerTriangle(rows);
    }

    /// <summary>Solves L·x = b in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (b[i] - Dot(_rows[i].AsSpan(0, i), b[..i])) / _rows[i][i];
        }
    }

    /// <summary>Solves Lᵀ·x = b in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= _rows[i][i];
            Subtract(b[..i], _rows[i].AsSpan(0, i), b[i]);
        }
    }

    /// <summary>The inverse of L·Lᵀ; its lower triangle.</summary>
    public double[][] Inverse()
    {
        // Columns of L⁻¹; column j is zero above j.
        var columns = new double[Size][];
        for (var j = 0; j < Size; j++)
        {
            var column = columns[j] = new double[Size];
            column[j] = 1 / _rows[j][j];
            for (var i = j + 1; i < Size; i++)
            {
                column[i] = -Dot(_rows[i].AsSpan(j, i - j), column.AsSpan(j, i - j)) / _rows[i][i];
            }
        }

        var result = new double[Size][];
        for (var i = 0; i < Size; i++)
        {
            result[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                result[i][j] = Dot(columns[i].AsSpan(i), columns[j].AsSpan(i));
            }
        }

        return result;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        }

        var result = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            result += a[i] * b[i];
        }

        return result;
    }

    private static void Subtract(Span<double> target, ReadOnlySpan<double> other, double factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] -= factor * other[i];
        }
    }
}
