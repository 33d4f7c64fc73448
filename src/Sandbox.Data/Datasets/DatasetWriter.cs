using Sandbox.Data.Rows;

namespace Sandbox.Data.Datasets;

/// <summary>Writes rows as JSON lines. The file appears when <see cref="CommitAsync"/> is called, whole; without it,
/// what stood there before stays.</summary>
public sealed class DatasetWriter : IAsyncDisposable
{
    private const int FlushBytes = 1 << 16;
    private readonly AtomicFile _file;
    private readonly RowWriter _writer = new(FlushBytes);

    /// <summary>Writes to a path on disk (see <c>IJobFiles.ResolveWrite</c>).</summary>
    public DatasetWriter(string path) => _file = new AtomicFile(path);

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row with its statistics, if it has any.</summary>
    public async ValueTask WriteAsync(Row row, CancellationToken cancellationToken)
    {
        _writer.Write(row, RowShape.Full);
        Rows++;
        if (_writer.Written.Length >= FlushBytes)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Flushes to disk and puts the file in its place.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await _file.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _file.DisposeAsync();
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _file.WriteAsync(_writer.Written, cancellationToken);
        _writer.Clear();
    }
}
