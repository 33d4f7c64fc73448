using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Reads matrices from numpy's <c>.npy</c> files: two dimensions, little-endian floats of 4 or 8 bytes or integers
/// of 4 or 8 bytes, rows or columns first.</summary>
internal static partial class NpyFile
{
    private const int LargestHeader = 1 << 20;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a matrix, one array a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="JobFailedException">It cannot be read or is no such matrix.</exception>
    public static double[][] ReadMatrix(string file, string name)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var header = ReadHeader(stream) ?? throw Bad(name, "it does not begin as a .npy file does");
            var shape = Shape().Match(header);
            var numbers = shape.Success
                ? shape.Groups["n"].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture)).ToArray()
                : [];
            if (numbers is not [var rows, var columns] || rows == 0 || columns == 0)
            {
                throw Bad(name, $"a matrix of rows and columns is needed, not the shape ({string.Join(", ", numbers)})");
            }

            var matrix = ReadNumbers(stream, rows, columns, Type().Match(header).Groups["t"].Value, header.Contains("'fortran_order': True", StringComparison.Ordinal), name);
            return Array.TrueForAll(matrix, r => Array.TrueForAll(r, double.IsFinite))
                ? matrix
                : throw Bad(name, "it holds numbers that are infinite or not a number");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException)
        {
            throw new JobFailedException($"{name} cannot be read: {e.Message}", e);
        }
    }

    private static string? ReadHeader(Stream stream)
    {
        var start = new byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan(0, 6).SequenceEqual(Magic))
        {
            return null;
        }

        var length = new byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        var size = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : (int)BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size is <= 0 or > LargestHeader)
        {
            return null;
        }

        var header = new byte[size];
        stream.ReadExactly(header);
        return Encoding.UTF8.GetString(header);
    }

    private static double[][] ReadNumbers(Stream stream, int rows, int columns, string type, bool columnsFirst, string name)
    {
        var (size, read) = Reader(type) ?? throw Bad(name, $"numbers of type \"{type}\" are not read: save it as float64");
        var matrix = new double[rows][];
        for (var i = 0; i < rows; i++)
        {
            matrix[i] = new double[columns];
        }

        var line = new byte[checked((columnsFirst ? rows : columns) * size)];
        for (var i = 0; i < (columnsFirst ? columns : rows); i++)
        {
            stream.ReadExactly(line);
            for (var j = 0; j < line.Length / size; j++)
            {
                var number = read(line.AsSpan(j * size, size));
                (columnsFirst ? ref matrix[j][i] : ref matrix[i][j]) = number;
            }
        }

        return matrix;
    }

    private static (int Size, NumberReader Read)? Reader(string type) => type switch
    {
        "<f8" => (8, BinaryPrimitives.ReadDoubleLittleEndian),
        "<f4" => (4, b => BinaryPrimitives.ReadSingleLittleEndian(b)),
        "<i8" => (8, b => BinaryPrimitives.ReadInt64LittleEndian(b)),
        "<i4" => (4, b => BinaryPrimitives.ReadInt32LittleEndian(b)),
        _ => null,
    };

    private static JobFailedException Bad(string name, string what) => new($"{name} cannot be used: {what}.");

    private delegate double NumberReader(ReadOnlySpan<byte> bytes);

    [GeneratedRegex(@"'shape':\s*\((?:\s*(?<n>\d+)\s*,?)*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();

    [GeneratedRegex("'descr':\\s*'(?<t>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Type();
}
