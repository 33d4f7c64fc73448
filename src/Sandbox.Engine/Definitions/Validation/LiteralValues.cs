using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Literal values that cannot be what their type says.</summary>
internal static class LiteralValues
{
    /// <summary>What is wrong with a value, or null. Only text can be wrong: Studio writes every edited value as text.</summary>
    public static string? Problem(JsonNode? value, string? typeName)
    {
        if (value?.GetValueKind() != JsonValueKind.String || value.GetValue<string>() is not { Length: > 0 } text)
        {
            return null;
        }

        return typeName?.TrimEnd('?').ToUpperInvariant() switch
        {
            "BOOLEAN" => bool.TryParse(text, out _) ? null : $"\"{text}\" is neither true nor false",
            "INT16" or "INT32" => IsWhole(text, int.MinValue, int.MaxValue) ? null : $"\"{text}\" is not a whole number of 32 bits",
            "INT64" or "LONG" => IsWhole(text, long.MinValue, long.MaxValue) ? null : $"\"{text}\" is not a whole number",
            "DOUBLE" or "SINGLE" or "DECIMAL" =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : $"\"{text}\" is not a number",
            "STRING" or null => null,
            _ => text.AsSpan().TrimStart() is ['{' or '[', ..] && ExpressionValues.TryParse(text) is null
                ? "the text begins like JSON and is none"
                : null,
        };
    }

    private static bool IsWhole(string text, long min, long max) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
}
