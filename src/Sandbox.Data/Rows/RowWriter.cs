using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sandbox.Data.Rows;

/// <summary>Writes rows as JSON objects, a line each. What was not touched goes as the bytes that it was read as.</summary>
internal sealed class RowWriter(int capacity = 1 << 12) : IDisposable
{
    private readonly PooledBuffer _buffer = new(capacity);

    /// <summary>Not for HTML: letters of all scripts and quotation marks stay readable.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>The lines so far; valid until the writer is cleared or disposed.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public void Clear() => _buffer.Clear();

    /// <summary>Writes the row and a line feed.</summary>
    /// <param name="row">The row.</param>
    /// <param name="shape">What is left out and how numbers are written.</param>
    public void Write(Row row, RowShape shape)
    {
        var separator = "{"u8;
        foreach (ref readonly var field in row.FieldSpan)
        {
            if (shape.LeavesOut(field.Name))
            {
                continue;
            }

            _buffer.Write(separator);
            WriteField(field);
            separator = ","u8;
        }

        if (shape.Stats && row.StatsOrNull is { Count: > 0 } stats)
        {
            _buffer.Write(separator);
            WriteStatsField(stats, shape.Rounded);
            separator = ","u8;
        }

        _buffer.Write(separator[0] == '{' ? "{}\n"u8 : "}\n"u8);
    }

    /// <summary>Writes the line of a row for the file of statistics.</summary>
    public void WriteStats(Row row)
    {
        var separator = "{"u8;
        if (row.StatsOrNull is { Count: > 0 } stats)
        {
            _buffer.Write(separator);
            WriteStatsField(stats, rounded: true);
            separator = ","u8;
        }

        foreach (ref readonly var field in row.FieldSpan)
        {
            if (field.Name is ColumnNames.Meta or ColumnNames.Stats)
            {
                _buffer.Write(separator);
                WriteField(field);
                separator = ","u8;
            }
        }

        _buffer.Write(separator[0] == '{' ? "{}\n"u8 : "}\n"u8);
    }

    public void Dispose() => _buffer.Dispose();

    private void WriteStatsField(RowStats stats, bool rounded)
    {
        _buffer.Write(PropertyNames.Of(ColumnNames.Stats));
        stats.Write(_buffer, rounded);
    }

    /// <summary>Writes the value of a field; null where it is absent.</summary>
    public static void WriteValue(Row row, string name, PooledBuffer target)
    {
        foreach (ref readonly var field in row.FieldSpan)
        {
            if (field.Name == name)
            {
                WriteValue(field, target);
                return;
            }
        }

        target.Write("null"u8);
    }

    private void WriteField(in Row.Field field)
    {
        _buffer.Write(PropertyNames.Of(field.Name));
        WriteValue(field, _buffer);
    }

    private static void WriteValue(in Row.Field field, PooledBuffer target)
    {
        if (field.Changed)
        {
            JsonText.Write(field.Text!.Utf8.Span, target);
        }
        else
        {
            target.Write(field.Json.Span);
        }
    }
}

/// <summary>What of a row is written.</summary>
/// <param name="Stats">With the statistics.</param>
/// <param name="Meta">With the column of tags.</param>
/// <param name="Hashes">With the hashes of deduplicators.</param>
/// <param name="Rounded">Statistics to 10 decimals, else in full.</param>
internal sealed record RowShape(bool Stats, bool Meta, bool Hashes, bool Rounded)
{
    /// <summary>Everything, for files that are read again here.</summary>
    public static RowShape Full { get; } = new(true, true, true, Rounded: false);

    public bool LeavesOut(string name) =>
        name.StartsWith("__dj__", StringComparison.Ordinal)
        && ((!Meta && name == ColumnNames.Meta) || (!Stats && name == ColumnNames.Stats) || (!Hashes && ColumnNames.Hashes.Contains(name, StringComparer.Ordinal)));
}
