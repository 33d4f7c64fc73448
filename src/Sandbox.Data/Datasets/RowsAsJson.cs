using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sandbox.Data.Datasets;

/// <summary>Collects rows of formats other than JSON, so that all formats go the same way from here.</summary>
internal sealed class RowsAsJson(DatasetFile file, Func<long> position) : IDisposable
{
    private const int BatchBytes = 60_000;
    private readonly List<RawRow> _rows = [];
    private ArrayBufferWriter<byte> _buffer = new(BatchBytes);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public bool IsFull => _buffer.WrittenCount >= BatchBytes;

    public bool IsEmpty => _rows.Count == 0;

    public void Add(long line, Action<Utf8JsonWriter> write)
    {
        var start = _buffer.WrittenCount;
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        write(_writer);
        _writer.WriteEndObject();
        _writer.Flush();
        _rows.Add(new RawRow(start, _buffer.WrittenCount - start, line));
    }

    public RawBatch Take()
    {
        var batch = new RawBatch(file, _buffer.WrittenMemory, [.. _rows], position());
        _buffer = new ArrayBufferWriter<byte>(BatchBytes);
        _rows.Clear();
        return batch;
    }

    public void Dispose() => _writer.Dispose();
}
