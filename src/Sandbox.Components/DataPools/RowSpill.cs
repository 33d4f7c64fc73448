using System.Collections;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Components.DataPools;

/// <summary>
/// Rows of a data pool in a spill file, to be written in any order and any number of times without holding them: memory is
/// 12 bytes a row.
/// </summary>
internal sealed class RowSpill : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly long[] _starts;
    private readonly int[] _lengths;
    private byte[] _buffer = [];

    private RowSpill(string path, long[] starts, int[] lengths) =>
        (_path, _file, _starts, _lengths) = (path, File.OpenHandle(path), starts, lengths);

    /// <summary>Reads a pool once and keeps the rows that are wanted.</summary>
    /// <param name="lines">The rows as lines, each with its end.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="wanted">Which rows will be written; null for all.</param>
    /// <param name="path">The spill file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<RowSpill> CreateAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> lines, int rows, BitArray? wanted, string path, CancellationToken cancellationToken)
    {
        var (starts, lengths) = (new long[rows], new int[rows]);
        await using (var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            var (row, position) = (0, 0L);
            await foreach (var line in lines.WithCancellation(cancellationToken))
            {
                if (row < rows && wanted?[row] != false)
                {
                    (starts[row], lengths[row]) = (position, line.Length);
                    position += line.Length;
                    await writer.WriteAsync(line, cancellationToken);
                }

                row++;
            }
        }

        return new RowSpill(path, starts, lengths);
    }

    /// <summary>Writes one row.</summary>
    public async ValueTask WriteAsync(int row, Stream target, CancellationToken cancellationToken)
    {
        if (_buffer.Length < _lengths[row])
        {
            _buffer = new byte[_lengths[row]];
        }

        var memory = _buffer.AsMemory(0, _lengths[row]);
        for (var read = 0; read < memory.Length;)
        {
            var count = await RandomAccess.ReadAsync(_file, memory[read..], _starts[row] + read, cancellationToken);
            read += count > 0 ? count : throw new EndOfStreamException("The spill file is shorter than what was written to it.");
        }

        await target.WriteAsync(memory, cancellationToken);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }
}
