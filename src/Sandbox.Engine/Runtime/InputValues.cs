using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Runtime;

/// <summary>Turns values into the type that an input or variable declares. Studio writes every edited value as text;
/// a definition may hold the value itself.</summary>
internal static class InputValues
{
    private static readonly HashSet<string> Integers = new(StringComparer.OrdinalIgnoreCase)
        { "Int32", "Int64", "Int16", "Byte", "UInt32", "UInt64", "UInt16", "SByte" };

    private static readonly HashSet<string> Numbers = new(StringComparer.OrdinalIgnoreCase)
        { "Double", "Single", "Decimal" };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
        { "String", "DateTime", "DateTimeOffset", "TimeSpan", "Guid", "Uri", "DateOnly", "TimeOnly" };

    /// <summary>Converts a value to a declared type; a value that already fits, or a type that is not known, stays as it is.</summary>
    /// <exception cref="FormatException">The value cannot be read as that type.</exception>
    public static JsonNode? Convert(JsonNode? value, string? typeName)
    {
        if (value is null || string.IsNullOrEmpty(typeName))
        {
            return value?.DeepClone();
        }

        if (Texts.Contains(typeName))
        {
            return JsonValue.Create(Text(value));
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            return value.DeepClone();
        }

        return FromText(value.GetValue<string>(), typeName);
    }

    /// <summary>A value as text: strings as they are, everything else as JSON.</summary>
    public static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => v.GetValue<bool>() ? "True" : "False",
        _ => value.ToJsonString(),
    };

    /// <summary>Whether a value means true. Text is read as true and false are written anywhere, numbers as not zero.</summary>
    public static bool IsTrue(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) != 0,
        JsonValueKind.String => bool.TryParse(value.GetValue<string>(), out var result) && result,
        _ => false,
    };

    /// <summary>A whole number, however the node holds it.</summary>
    public static int Int(JsonNode? value) => int.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode? FromText(string text, string typeName)
    {
        if (typeName.Equals("Boolean", StringComparison.OrdinalIgnoreCase))
        {
            return bool.TryParse(text, out var flag) ? flag : throw Mismatch(text, "true or false");
        }

        if (Integers.Contains(typeName))
        {
            return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Mismatch(text, "a whole number");
        }

        if (Numbers.Contains(typeName))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Mismatch(text, "a number");
        }

        return LooksLikeJson(text) ? Parse(text) : JsonValue.Create(text);
    }

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['[' or '{', ..];

    /// <summary>Reads JSON; text that is none stays text.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static FormatException Mismatch(string text, string expected) => new($"\"{text}\" is not {expected}");
}
