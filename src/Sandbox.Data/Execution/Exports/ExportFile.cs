using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution.Exports;

/// <summary>The export of a recipe: JSON lines, or one JSON list.</summary>
internal sealed class ExportFile(string path, bool isList, string compression = "") : IExport
{
    private readonly AtomicFile _file = new(path, compression);
    private bool _hasRows;

    /// <summary>Adds whole lines.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (!isList || lines.IsEmpty)
        {
            await _file.WriteAsync(lines, cancellationToken);
            return;
        }

        await _file.WriteAsync(_hasRows ? ",\n"u8.ToArray() : "[\n"u8.ToArray(), cancellationToken);
        _hasRows = true;
        await _file.WriteAsync(Separated(lines.Span[..^1]), cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (isList)
        {
            await _file.WriteAsync(_hasRows ? "\n]\n"u8.ToArray() : "[]\n"u8.ToArray(), cancellationToken);
        }

        await _file.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // A line feed never stands within a row, so each one ends a row.
    private static byte[] Separated(ReadOnlySpan<byte> lines)
    {
        var result = new byte[lines.Length + lines.Count((byte)'\n')];
        var at = 0;
        foreach (var b in lines)
        {
            if (b == '\n')
            {
                result[at++] = (byte)',';
            }

            result[at++] = b;
        }

        return result;
    }
}
