using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Distributions;

/// <summary>Numbers as JSON. They are parsed from text, so that a float stays one ("10.0").</summary>
internal static class Numbers
{
    public static JsonNode? Float(double value)
    {
        // Minus zero reads as a mistake in a recipe.
        var text = (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    public static JsonNode? Whole(double value) =>
        JsonNode.Parse((value == 0 ? 0 : value).ToString("F0", CultureInfo.InvariantCulture));

    /// <summary>The number of a JSON value; null where it is none.</summary>
    public static double? Of(JsonNode? value) =>
        value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.Number
        && double.TryParse(scalar.ToJsonString(), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
