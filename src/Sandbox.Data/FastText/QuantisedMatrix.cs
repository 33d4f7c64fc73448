using System.Runtime.InteropServices;

namespace Sandbox.Data.FastText;

/// <summary>
/// A matrix whose rows are cut into parts, each of which is one of 256 known vectors; the length of a row may be kept
/// apart. It is unpacked when it is read, as the matrices of compressed models are small: speed for some megabytes.
/// </summary>
internal static class QuantisedMatrix
{
    public static DenseMatrix Read(BinaryReader reader)
    {
        var hasNorms = reader.ReadBoolean();
        var (rows, columns) = (reader.ReadInt64(), reader.ReadInt64());
        var codes = reader.ReadBytes(reader.ReadInt32());
        if (rows < 0 || columns < 1 || rows > Array.MaxLength / columns)
        {
            throw new InvalidDataException("the size of a quantised matrix makes no sense.");
        }

        var quantiser = ProductQuantiser.Read(reader);
        if (codes.LongLength != rows * quantiser.Parts || quantiser.Dimension != columns)
        {
            throw new InvalidDataException("a quantised matrix and its code book do not fit together.");
        }

        var norms = hasNorms ? ReadNorms(reader, checked((int)rows)) : null;
        var values = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            quantiser.Decode(codes.AsSpan(row * quantiser.Parts, quantiser.Parts), norms?[row] ?? 1, values.AsSpan(row * (int)columns, (int)columns));
        }

        return new DenseMatrix(rows, (int)columns, values);
    }

    private static float[] ReadNorms(BinaryReader reader, int rows)
    {
        var codes = reader.ReadBytes(rows);
        var quantiser = ProductQuantiser.Read(reader);
        if (codes.Length != rows || quantiser.Dimension != 1)
        {
            throw new InvalidDataException("the lengths of its rows are damaged.");
        }

        var norms = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            quantiser.Decode(codes.AsSpan(row, 1), 1, norms.AsSpan(row, 1));
        }

        return norms;
    }

    /// <summary>The code book: 256 vectors for each part of a row.</summary>
    private sealed class ProductQuantiser(int dimension, int parts, int width, int lastWidth, float[] centroids)
    {
        private const int Codes = 256;

        public int Dimension => dimension;

        public int Parts => parts;

        public static ProductQuantiser Read(BinaryReader reader)
        {
            var (dimension, parts, width, lastWidth) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            if (parts < 1 || width < 1 || lastWidth < 1 || lastWidth > width || ((parts - 1L) * width) + lastWidth != dimension)
            {
                throw new InvalidDataException("a code book makes no sense.");
            }

            var centroids = new float[checked(dimension * Codes)];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(centroids.AsSpan()));
            return new ProductQuantiser(dimension, parts, width, lastWidth, centroids);
        }

        public void Decode(ReadOnlySpan<byte> codes, float norm, Span<float> row)
        {
            for (var part = 0; part < parts; part++)
            {
                var length = part == parts - 1 ? lastWidth : width;
                var start = (part * Codes * width) + (codes[part] * length);
                for (var i = 0; i < length; i++)
                {
                    row[(part * width) + i] = norm * centroids[start + i];
                }
            }
        }
    }
}
