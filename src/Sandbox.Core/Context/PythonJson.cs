using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>
/// JSON as Python's <c>json</c> module writes and reads it by default: only ASCII, floating-point numbers by
/// their shortest digits, as its <c>repr</c> gives them, and NaN, Infinity and -Infinity, which <c>System.Text.Json</c> refuses.
/// </summary>
public static class PythonJson
{
    /// <summary>Writes a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indent">Blanks a level; null writes one line with <c>", "</c> and <c>": "</c>.</param>
    public static string Write(JsonNode? node, int? indent = null)
    {
        var text = new StringBuilder();
        new Writer(text, indent).Write(node, 0);
        return text.ToString();
    }

    /// <summary>Reads a text. A key that comes twice keeps its first place and its last value, as in Python.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What the text is called in faults.</param>
    /// <exception cref="FaultException">It is no JSON; says where.</exception>
    public static JsonNode? Parse(string text, string file) => new PythonJsonParser(text, file).Parse();

    private sealed class Writer(StringBuilder text, int? indent)
    {
        public void Write(JsonNode? node, int depth)
        {
            switch (node)
            {
                case JsonObject map:
                    WriteItems('{', '}', map, depth, entry =>
                    {
                        WriteString(entry.Key);
                        text.Append(": ");
                        Write(entry.Value, depth + 1);
                    });
                    break;
                case JsonArray list:
                    WriteItems('[', ']', list, depth, item => Write(item, depth + 1));
                    break;
                case null:
                    text.Append("null");
                    break;
                default:
                    WriteScalar(node.AsValue());
                    break;
            }
        }

        private void WriteItems<T>(char open, char close, ICollection<T> items, int depth, Action<T> write)
        {
            text.Append(open);
            var first = true;
            foreach (var item in items)
            {
                text.Append(first ? string.Empty : indent is null ? ", " : ",");
                BreakLine(depth + 1);
                write(item);
                first = false;
            }

            if (!first)
            {
                BreakLine(depth);
            }

            text.Append(close);
        }

        private void BreakLine(int depth)
        {
            if (indent is { } width)
            {
                text.Append('\n').Append(' ', width * depth);
            }
        }

        private void WriteScalar(JsonValue value)
        {
            if (value.TryGetValue<JsonElement>(out var element))
            {
                WriteElement(element);
            }
            else if (value.TryGetValue<double>(out var number))
            {
                text.Append(PythonFloat.Repr(number));
            }
            else if (value.TryGetValue<float>(out var single))
            {
                text.Append(PythonFloat.Repr(single));
            }
            else if (value.TryGetValue<decimal>(out var exact))
            {
                text.Append(PythonFloat.Repr((double)exact));
            }
            else if (value.TryGetValue<string>(out var words))
            {
                WriteString(words);
            }
            else
            {
                WriteElement(JsonSerializer.SerializeToElement(value));
            }
        }

        private void WriteElement(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    WriteString(element.GetString()!);
                    break;
                case JsonValueKind.Number:
                    WriteNumber(element.GetRawText());
                    break;
                case JsonValueKind.Object or JsonValueKind.Array:
                    Write(JsonNode.Parse(element.GetRawText()), 0);
                    break;
                default:
                    text.Append(element.GetRawText());
                    break;
            }
        }

        private void WriteNumber(string raw) => text.Append(
            raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0
                ? raw is "-0" ? "0" : raw
                : PythonFloat.Repr(double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture)));

        private void WriteString(string value)
        {
            text.Append('"');
            foreach (var c in value)
            {
                _ = c switch
                {
                    '"' => text.Append("\\\""),
                    '\\' => text.Append("\\\\"),
                    '\n' => text.Append("\\n"),
                    '\r' => text.Append("\\r"),
                    '\t' => text.Append("\\t"),
                    '\f' => text.Append("\\f"),
                    '\b' => text.Append("\\b"),
                    >= ' ' and <= '~' => text.Append(c),
                    _ => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                };
            }

            text.Append('"');
        }
    }
}
