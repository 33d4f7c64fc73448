using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sandbox.Cli.CommandLine;

/// <summary>Values as JSON for programs: one line, camelCase keys. Strict JSON has no word for NaN and infinity; null
/// stands for them.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumbers(), new FiniteNodes() },
    };

    public static string Of(object value) => JsonSerializer.Serialize(value, Options);

    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class FiniteNodes : JsonConverter<JsonNode>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(JsonNode));

        public override JsonNode? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonNode.Parse(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonNode value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case JsonObject map:
                    writer.WriteStartObject();
                    foreach (var (name, item) in map)
                    {
                        writer.WritePropertyName(name);
                        WriteItem(writer, item, options);
                    }

                    writer.WriteEndObject();
                    break;
                case JsonArray list:
                    writer.WriteStartArray();
                    foreach (var item in list)
                    {
                        WriteItem(writer, item, options);
                    }

                    writer.WriteEndArray();
                    break;
                case JsonValue number when number.TryGetValue(out double real) && !double.IsFinite(real):
                    writer.WriteNullValue();
                    break;
                default:
                    value.WriteTo(writer);
                    break;
            }
        }

        private void WriteItem(Utf8JsonWriter writer, JsonNode? item, JsonSerializerOptions options)
        {
            if (item is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                Write(writer, item, options);
            }
        }
    }
}
