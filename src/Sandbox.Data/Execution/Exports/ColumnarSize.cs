using System.Text.Json;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Exports;

/// <summary>The size that a row takes in upstream's columns in memory, by which upstream counts its parts: the bytes of a
/// text and 4 for its place, 8 for a number, 4 for a list.</summary>
internal static class ColumnarSize
{
    private const double Place = 4;
    private const double Number = 8;
    private const double Flag = 0.125;

    public static double Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RowParser.MaxDepth });
        var size = 0.0;
        while (reader.Read())
        {
            size += reader.TokenType switch
            {
                JsonTokenType.String => TextBytes(ref reader) + Place,
                JsonTokenType.Number => Number,
                JsonTokenType.StartArray => Place,
                JsonTokenType.True or JsonTokenType.False => Flag,
                _ => 0,
            };
        }

        return size;
    }

    private static int TextBytes(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetByteCount(reader.GetString()!) : reader.ValueSpan.Length;
}
