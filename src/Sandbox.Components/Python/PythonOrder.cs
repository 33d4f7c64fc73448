using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Components.Python;

/// <summary>Python's order of numbers (true is 1), of text by code point, and of lists item by item.</summary>
internal static class PythonOrder
{
    /// <summary>Less than 0, 0 or more than 0, as with any comparison.</summary>
    /// <exception cref="JobFailedException">Python cannot order the two.</exception>
    public static int Compare(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonArray first, JsonArray second) => CompareLists(first, second),
        (JsonValue first, JsonValue second) when IsText(first) && IsText(second) => CompareText(first.GetValue<string>(), second.GetValue<string>()),
        (JsonValue first, JsonValue second) when !IsText(first) && !IsText(second) =>
            PythonFloat.Parse(first).Value.CompareTo(PythonFloat.Parse(second).Value),
        _ => throw new JobFailedException(
            $"{PythonText.Repr(a)} and {PythonText.Repr(b)} cannot be ranked: only numbers, or texts, have an order. Name ranking_keys that lead to them."),
    };

    private static int CompareLists(JsonArray a, JsonArray b)
    {
        foreach (var (first, second) in a.Zip(b))
        {
            if (!JsonNode.DeepEquals(first, second) && Compare(first, second) is not 0 and var order)
            {
                return order;
            }
        }

        return a.Count.CompareTo(b.Count);
    }

    private static int CompareText(string a, string b)
    {
        foreach (var (first, second) in a.EnumerateRunes().Zip(b.EnumerateRunes()))
        {
            if (first != second)
            {
                return first.CompareTo(second);
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;
}
