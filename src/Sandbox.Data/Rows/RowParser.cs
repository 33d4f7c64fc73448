using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Sandbox.Data.Rows;

/// <summary>Reads rows from JSON objects. One instance serves one batch: names of fields are shared between its rows.</summary>
internal sealed class RowParser
{
    /// <summary>How deep values may nest.</summary>
    public const int MaxDepth = 512;

    private readonly List<(string Name, byte[] Utf8)> _names = [];

    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a row, or says what is wrong with it.</summary>
    public (Row? Row, string? Problem) Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return (null, "is not valid UTF-8");
        }

        try
        {
            return Read(json);
        }
        catch (JsonException e)
        {
            return (null, "is not valid JSON: " + Plain(e));
        }
        catch (ArgumentException e)
        {
            // A key that comes twice in the statistics.
            return (null, "is not usable: " + e.Message);
        }
        catch (InvalidOperationException)
        {
            return (null, "has text with half a surrogate pair, which no file in UTF-8 can hold");
        }
    }

    private (Row? Row, string? Problem) Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return (null, $"is not a JSON object but {Kind(reader.TokenType)}");
        }

        var row = new Row(new List<Row.Field>(_names.Count));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref reader, row.Fields.Count);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isPlain = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
            reader.Skip();
            var value = json[start..(int)reader.BytesConsumed];
            if (name.Length == ColumnNames.Stats.Length && name == ColumnNames.Stats && value.Span[0] != '[')
            {
                TakeStats(row, value);
                continue;
            }

            value = OnOneLine(value);

            // Of a key that comes twice the last value counts, as in Python.
            _ = row.Contains(name) && row.Remove(name);
            row.Fields.Add(new Row.Field(name, value, null, false, isPlain));
        }

        // Reads on to the end: anything behind the object is a fault.
        reader.Read();
        return (row, null);
    }

    // A value of an indented file may span lines, and rows are written a line each.
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> value) =>
        value.Span[0] is (byte)'{' or (byte)'[' && value.Span.IndexOfAny((byte)'\n', (byte)'\r') >= 0
            ? JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(value.Span, documentOptions: Options), RowWriter.Relaxed)
            : value;

    /// <summary>Takes statistics out of their column.</summary>
    public static void TakeStats(Row row, ReadOnlyMemory<byte> value)
    {
        if (JsonNode.Parse(value.Span, documentOptions: Options) is JsonObject stats)
        {
            foreach (var (key, stat) in stats)
            {
                row.Stats.Set(key, StatValue.Of(stat));
            }
        }
    }

    // Rows mostly have the same names in the same places.
    private string Name(ref Utf8JsonReader reader, int position)
    {
        if (position < _names.Count && !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(_names[position].Utf8))
        {
            return _names[position].Name;
        }

        var name = reader.GetString()!;
        var known = (name, Encoding.UTF8.GetBytes(name));
        if (position < _names.Count)
        {
            _names[position] = known;
        }
        else if (position == _names.Count)
        {
            _names.Add(known);
        }

        return name;
    }

    private static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    // The reader's own "LineNumber: 0 | BytePositionInLine: 12." counts within the row; the place is told already.
    private static string Plain(JsonException e)
    {
        var at = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = at < 0 ? e.Message : e.Message[..at];
        return e.BytePositionInLine is { } position ? FormattableString.Invariant($"{message.TrimEnd('.')} (byte {position + 1})") : message.TrimEnd('.');
    }
}
