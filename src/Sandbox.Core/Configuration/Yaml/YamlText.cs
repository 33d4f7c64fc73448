using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>Writes a JSON value as block-style YAML that reads back as the same value, keys in their order.</summary>
public static class YamlText
{
    /// <summary>The YAML text, ending with a line feed.</summary>
    public static string Write(JsonNode? node)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Write(node, writer);
        return writer.ToString();
    }

    /// <summary>Writes the YAML text.</summary>
    public static void Write(JsonNode? node, TextWriter writer)
    {
        var emitter = new Emitter(writer, new EmitterSettings(2, int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    EmitText(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                EmitText(emitter, value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(null, null, PlainText(node), ScalarStyle.Plain, true, false));
                break;
        }
    }

    // YAML 1.1, which PyYAML reads, takes 1E-05 for text: a float there has a point and a signed exponent.
    private static string PlainText(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        var exponent = text.IndexOfAny(['e', 'E']);
        if (node?.GetValueKind() != JsonValueKind.Number || exponent < 0)
        {
            return text;
        }

        var (mantissa, power) = (text[..exponent], text[(exponent + 1)..]);
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0")
            + "e" + (char.IsAsciiDigit(power[0]) ? "+" + power : power);
    }

    private static void EmitText(Emitter emitter, string text)
    {
        var style = text.Contains('\n', StringComparison.Ordinal) && IsLiteralSafe(text) ? ScalarStyle.Literal
            : IsPlainSafe(text) ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(null, null, text, style, style == ScalarStyle.Plain, style != ScalarStyle.Plain));
    }

    // Quoted whenever a reader could take it for something else than text; the emitter itself guards the rest.
    private static bool IsPlainSafe(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' ' or '(' or ')' or '+')
        && text[^1] != ' '
        && !text.Contains("  ", StringComparison.Ordinal)
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "inf" or "nan");

    private static bool IsLiteralSafe(string text) =>
        !char.IsWhiteSpace(text[0])
        && text.All(c => c is '\n' or (>= ' ' and < '\u007f'))
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text[^1] != ' ';
}
