using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Recipes;

/// <summary>Numbers in a form that every YAML reader takes for the same number.</summary>
internal static class RecipeNumbers
{
    /// <summary>A copy in which numbers in exponent form have a fraction and a signed exponent: YAML 1.1 readers,
    /// PyYAML among them, take <c>1E-05</c> for text.</summary>
    public static JsonNode? Normalize(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Normalize(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normalize)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Number(JsonValue value)
    {
        var text = value.ToJsonString();
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        if (exponent < 0)
        {
            return value.DeepClone();
        }

        var mantissa = text[..exponent];
        var power = int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.Contains('.', StringComparison.Ordinal) ? string.Empty : ".0";
        return JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}{point}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}"));
    }
}
