using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>Which operator dropped or changed which row, or failed on it: a JSON line each, as in
/// <c>{"row":12,"op":3,"kind":"dropped"}</c>; <c>row</c> counts the rows of the input from 1, <c>op</c> the operators of
/// the recipe from 0.</summary>
internal sealed class TraceFile(string path) : IAsyncDisposable
{
    private const int FlushBytes = 1 << 16;
    private readonly AtomicFile _file = new(path);
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 4096);

    public void Add(long row, int position, TraceKind kind, string? message)
    {
        var name = kind switch
        {
            TraceKind.Dropped => "dropped",
            TraceKind.Changed => "changed",
            _ => "error",
        };
        var span = _buffer.GetSpan(96);
        System.Text.Unicode.Utf8.TryWrite(span, System.Globalization.CultureInfo.InvariantCulture, $"{{\"row\":{row},\"op\":{position},\"kind\":\"{name}\"", out var written);
        _buffer.Advance(written);
        if (message is not null)
        {
            _buffer.Write(",\"message\":\""u8);
            _buffer.Write(JsonEncodedText.Encode(message, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            _buffer.Write("\""u8);
        }

        _buffer.Write("}\n"u8);
    }

    /// <summary>Writes what has gathered, where that is enough to be worth it.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount >= FlushBytes)
        {
            await WriteAsync(cancellationToken);
        }
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await _file.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        await _file.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
