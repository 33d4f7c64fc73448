using System.Runtime.InteropServices;

namespace Sandbox.Data.Datasets;

/// <summary>Some rows of a file, not parsed yet.</summary>
/// <param name="File">The file.</param>
/// <param name="Buffer">The bytes of the rows.</param>
/// <param name="Rows">Where each row lies in the buffer and on which line it starts.</param>
/// <param name="BytesRead">Bytes of the input read so far, as they lie on disk.</param>
internal sealed record RawBatch(DatasetFile File, ReadOnlyMemory<byte> Buffer, List<RawRow> Rows, long BytesRead)
{
    /// <summary>The array of the buffer where whoever is done with all rows may give it back; else null.</summary>
    public byte[]? Rented { get; init; }
}

/// <summary>A row not parsed yet: a JSON object, or what stands in its place.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RawRow(int Start, int Length, long Line);
