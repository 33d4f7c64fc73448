using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Components.Options;

/// <summary>Turns one JSON value into the type of an option.</summary>
internal static class OptionValue
{
    /// <summary>Gives the value, or what is wrong with it ("must be a whole number, not …").</summary>
    public static (object? Value, string? Problem) Convert(Type type, JsonNode node, string key, ICollection<OptionFault> faults)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsAssignableFrom(node.GetType()) || target == typeof(JsonNode))
        {
            return (node, null);
        }

        if (ElementType(target) is { } element)
        {
            return ConvertList(element, node, key, faults);
        }

        return node switch
        {
            JsonValue value => ConvertScalar(target, value),
            JsonObject nested when !target.IsPrimitive && target != typeof(string) => ConvertNested(target, nested, key, faults),
            JsonObject => (null, $"must be {NameOf(target)}, not a mapping."),
            _ => (null, $"must be {NameOf(target)}, not a list."),
        };
    }

    private static (object? Value, string? Problem) ConvertNested(
        Type target, JsonObject nested, string key, ICollection<OptionFault> faults)
    {
        var inner = new List<OptionFault>();
        var value = OptionsBinder.Bind(target, nested, inner);
        foreach (var fault in inner)
        {
            faults.Add(fault with { Key = fault.Key.Length == 0 ? key : $"{key}.{fault.Key}" });
        }

        return (value, null);
    }

    private static (object? Value, string? Problem) ConvertList(
        Type element, JsonNode node, string key, ICollection<OptionFault> faults)
    {
        var items = node is JsonArray array ? [.. array] : new List<JsonNode?> { node };
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in items)
        {
            if (item is null)
            {
                return (null, "must not hold an empty item.");
            }

            var (value, problem) = Convert(element, item, key, faults);
            if (problem is not null)
            {
                return (null, $"has an item that {problem}");
            }

            list.Add(value);
        }

        return (list, null);
    }

    private static (object? Value, string? Problem) ConvertScalar(Type target, JsonValue value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        object? result = value.GetValueKind() switch
        {
            _ when target == typeof(string) => text,
            JsonValueKind.True or JsonValueKind.False when target == typeof(bool) => value.GetValueKind() == JsonValueKind.True,
            JsonValueKind.Number when target == typeof(int) && Whole(text) is >= int.MinValue and <= int.MaxValue and { } n => (int)n,
            JsonValueKind.Number when target == typeof(long) => Whole(text),
            JsonValueKind.Number when target == typeof(double) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            JsonValueKind.String when target == typeof(double) => SpecialNumber(text),
            _ => null,
        };
        return result is null ? (null, $"must be {NameOf(target)}, not {value.ToJsonString()}.") : (result, null);
    }

    private static long? Whole(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : null;
    }

    // JSON has no word for these; YAML's .inf and .nan arrive as text.
    private static object? SpecialNumber(string text) => text.ToLowerInvariant() switch
    {
        ".inf" or "+.inf" or "inf" or "infinity" => double.PositiveInfinity,
        "-.inf" or "-inf" or "-infinity" => double.NegativeInfinity,
        ".nan" or "nan" => double.NaN,
        _ => null,
    };

    private static Type? ElementType(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && !typeof(IDictionary).IsAssignableFrom(type)
            && type.GetGenericArguments().Length == 1
            ? type.GetGenericArguments()[0]
            : null;

    private static string NameOf(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ => "a mapping",
    };
}
