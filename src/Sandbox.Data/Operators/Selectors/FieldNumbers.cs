using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Operators.Filters;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>The value of a field as the number that rows are ordered by.</summary>
internal static class FieldNumbers
{
    /// <summary>The value of a field; a row without it has null, as in upstream's columns.</summary>
    public static JsonNode? Value(Row row, string key) => row.TryWalk(key, out var value) ? value : null;

    /// <summary>A number: text is parsed, a list averaged; what is neither stands at the far end.</summary>
    /// <param name="value">The value.</param>
    /// <param name="otherwise">The number of what is no number.</param>
    public static double Of(JsonNode? value, double otherwise)
    {
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            return PythonNumber.TryParse(value.GetValue<string>(), out var parsed) ? parsed : otherwise;
        }

        if (value is JsonArray { Count: > 0 } list)
        {
            var numbers = list.Select(PythonValue.Number).ToList();
            return numbers.TrueForAll(n => n is not null) ? numbers.Average()!.Value : otherwise;
        }

        return PythonValue.Number(value) ?? otherwise;
    }
}
