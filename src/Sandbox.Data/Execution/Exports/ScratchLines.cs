using Microsoft.Win32.SafeHandles;
using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution.Exports;

/// <summary>Lines in a scratch file, until it is known how they are to be written.</summary>
internal sealed class ScratchLines(string path) : IDisposable
{
    private readonly SafeFileHandle _file =
        File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private long _end;

    public async ValueTask AddAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        await RandomAccess.WriteAsync(_file, lines, _end, cancellationToken);
        _end += lines.Length;
    }

    /// <summary>All lines in batches, each with where its lines lie.</summary>
    public IAsyncEnumerable<RawBatch> ReadAsync(CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        return JsonLinesReader.ReadAsync(new DatasetFile(path, path, DatasetFormat.JsonLines, ".jsonl"), stream, () => 0, cancellationToken);
    }

    public void Dispose() => _file.Dispose();
}
