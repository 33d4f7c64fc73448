using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>JSON nodes from and to text, with room for definitions nested far deeper than the library's default of 64.</summary>
internal static class JsonText
{
    private const int MaxDepth = 4096;

    /// <summary>One line, texts as they are.</summary>
    public static readonly JsonWriterOptions Compact = new() { MaxDepth = MaxDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Parse(string text) => JsonNode.Parse(
        text,
        documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    public static string Write(JsonNode node, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact with { Indented = indented }))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Makes everything in lazily parsed JSON be looked at.</summary>
    /// <exception cref="InvalidOperationException">It holds text that is none: half a character, escaped.</exception>
    public static void Examine(JsonNode node)
    {
        var open = new Stack<JsonNode>([node]);
        while (open.TryPop(out var current))
        {
            switch (current)
            {
                case JsonObject map:
                    PushAll(open, map.Select(member => member.Value));
                    break;
                case JsonArray list:
                    PushAll(open, list);
                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    value.TryGetValue<string>(out _);
                    break;
            }
        }
    }

    private static void PushAll(Stack<JsonNode> open, IEnumerable<JsonNode?> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is not null)
            {
                open.Push(node);
            }
        }
    }

    /// <summary>The name as Elsa writes members: its first letter in lower case.</summary>
    public static string Camel(string name) =>
        name.Length > 0 && char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
