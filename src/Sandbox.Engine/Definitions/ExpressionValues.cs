using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Definitions;

/// <summary>What expressions refer to.</summary>
internal static class ExpressionValues
{
    /// <summary>The id of the variable that an expression means. Its value is the variable, or, after an edit in Studio, the
    /// variable's JSON as text.</summary>
    public static string? VariableId(JsonNode? value) => value switch
    {
        JsonObject json => Text(json["id"] ?? json["Id"]),
        JsonValue when Text(value) is { } text => text.AsSpan().TrimStart() is ['{', ..] ? VariableId(TryParse(text)) : text,
        _ => null,
    };

    /// <summary>The text of a value that is text and not empty.</summary>
    public static string? Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    /// <summary>The JSON in a text, or null where it is none.</summary>
    public static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonText.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
