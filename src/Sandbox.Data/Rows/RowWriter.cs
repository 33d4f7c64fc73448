using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sandbox.Data.Rows;

/// <summary>Writes rows as JSON objects, a line each.</summary>
internal sealed class RowWriter : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 1000,
    };

    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly Utf8JsonWriter _writer;

    public RowWriter(int capacity = 1 << 12)
    {
        _buffer = new ArrayBufferWriter<byte>(capacity);
        _writer = new Utf8JsonWriter(_buffer, WriterOptions);
    }

    /// <summary>Not for HTML: letters of all scripts and quotation marks stay readable.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Writes the row and a line feed.</summary>
    /// <param name="row">The row.</param>
    /// <param name="shape">What is left out and how numbers are written.</param>
    public void Write(Row row, RowShape shape)
    {
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (var field in row.Fields)
        {
            if (shape.LeavesOut(field.Name))
            {
                continue;
            }

            _writer.WritePropertyName(field.Name);
            WriteValue(field);
        }

        if (shape.Stats && row.Stats.Count > 0)
        {
            _writer.WritePropertyName(ColumnNames.Stats);
            row.Stats.Write(_writer, shape.Rounded);
        }

        End();
    }

    /// <summary>Writes the line of a row for the file of statistics.</summary>
    public void WriteStats(Row row)
    {
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WritePropertyName(ColumnNames.Stats);
        row.Stats.Write(_writer, rounded: true);
        foreach (var field in row.Fields.Where(f => f.Name == ColumnNames.Meta))
        {
            _writer.WritePropertyName(field.Name);
            WriteValue(field);
        }

        End();
    }

    public void Dispose() => _writer.Dispose();

    private void WriteValue(Row.Field field)
    {
        if (field.Changed)
        {
            _writer.WriteStringValue(field.Text!.Text);
        }
        else
        {
            _writer.WriteRawValue(field.Json.Span, skipInputValidation: true);
        }
    }

    private void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _buffer.Write("\n"u8);
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
        && ((!Meta && name == ColumnNames.Meta) || (!Hashes && ColumnNames.Hashes.Contains(name, StringComparer.Ordinal)));
}
