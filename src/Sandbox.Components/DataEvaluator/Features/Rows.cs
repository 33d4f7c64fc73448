using System.Numerics;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Sums over two rows of equal length.</summary>
internal static class Rows
{
    public static double Dot(double[] a, double[] b)
    {
        var (sums, i) = (Vector<double>.Zero, 0);
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sums += new Vector<double>(a, i) * new Vector<double>(b, i);
        }

        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double Distance(double[] a, double[] b)
    {
        var (sums, i) = (Vector<double>.Zero, 0);
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var difference = new Vector<double>(a, i) - new Vector<double>(b, i);
            sums += difference * difference;
        }

        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return Math.Sqrt(sum);
    }
}
