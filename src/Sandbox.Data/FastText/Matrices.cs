using System.Numerics;
using System.Runtime.InteropServices;

namespace Sandbox.Data.FastText;

/// <summary>A matrix of a model.</summary>
internal interface IMatrix
{
    long Rows { get; }

    int Columns { get; }

    /// <summary>Adds rows to a sum, one after another.</summary>
    void Sum(ReadOnlySpan<int> rows, Span<float> sum);

    /// <summary>The product of a row and a vector.</summary>
    float Dot(int row, ReadOnlySpan<float> vector);
}

/// <summary>A matrix of 32-bit numbers, a row after another.</summary>
internal sealed class DenseMatrix(long rows, int columns, float[] values) : IMatrix
{
    public long Rows => rows;

    public int Columns => columns;

    public static DenseMatrix Read(BinaryReader reader)
    {
        var (rows, columns) = (reader.ReadInt64(), reader.ReadInt64());
        if (rows < 0 || columns < 1 || rows > Array.MaxLength / columns)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a matrix of {rows} by {columns} numbers does not fit into memory here."));
        }

        var values = new float[rows * columns];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new DenseMatrix(rows, (int)columns, values);
    }

    public void Sum(ReadOnlySpan<int> rows, Span<float> sum)
    {
        var width = Vector<float>.Count;
        var at = 0;
        for (; at <= columns - (2 * width); at += 2 * width)
        {
            var (left, right) = (new Vector<float>(sum[at..]), new Vector<float>(sum[(at + width)..]));
            foreach (var row in rows)
            {
                var from = values.AsSpan((row * columns) + at, 2 * width);
                left += new Vector<float>(from);
                right += new Vector<float>(from[width..]);
            }

            left.CopyTo(sum[at..]);
            right.CopyTo(sum[(at + width)..]);
        }

        for (; at < columns; at++)
        {
            var one = sum[at];
            foreach (var row in rows)
            {
                one += values[(row * columns) + at];
            }

            sum[at] = one;
        }
    }

    // One by one: the order decides the last digit.
    public float Dot(int row, ReadOnlySpan<float> vector)
    {
        var from = values.AsSpan(row * columns, columns);
        var sum = 0f;
        for (var i = 0; i < from.Length; i++)
        {
            sum += from[i] * vector[i];
        }

        return sum;
    }
}
