using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Definitions;

/// <summary>What two versions of a definition have in common when they do the same: a hash of everything but identity,
/// dates, flags of publication, and the tool that wrote them.</summary>
public static class ContentHash
{
    private static readonly string[] Identity =
        ["id", "definitionId", "createdAt", "version", "toolVersion", "isLatest", "isPublished"];

    /// <summary>SHA-256 in lower-case hex; the order of members does not matter.</summary>
    public static string Compute(WorkflowDefinition definition)
    {
        var json = DefinitionJson.Write(definition);
        foreach (var name in Identity)
        {
            json.Remove(name);
        }

        (json["customProperties"] as JsonObject)?.Remove(WorkflowDefinition.WriterProperty);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            WriteSorted(writer, json);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    WriteSorted(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteSorted(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
