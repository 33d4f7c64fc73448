namespace Sandbox.Data.Datasets;

/// <summary>A file that is there whole or not at all: written beside its place, flushed to disk, renamed.</summary>
internal sealed class AtomicFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly Stream? _packed;
    private bool _committed;

    /// <summary>Begins the file.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="compression">Suffix of the compression, as in <c>.gz</c>; empty for none.</param>
    public AtomicFile(string path, string compression = "")
    {
        _path = Path.GetFullPath(path);
        _temporary = FormattableString.Invariant($"{_path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        _packed = Compression.Pack(_stream, compression);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        (_packed ?? _stream).WriteAsync(bytes, cancellationToken);

    /// <summary>Puts the file in its place.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await (_packed?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _stream.FlushAsync(cancellationToken);
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_committed)
        {
            await (_packed?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await _stream.DisposeAsync();
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }
}
