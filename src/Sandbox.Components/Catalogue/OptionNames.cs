using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Catalogue;

/// <summary>How options are called in the catalogue.</summary>
internal static class OptionNames
{
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Type type, PathAccess path)
    {
        var (element, several) = Element(type) is { } item ? (item, true) : (type, false);
        var name = path switch
        {
            PathAccess.Read => "path to read",
            PathAccess.Write => "path to write",
            _ => Scalar(element),
        };
        return several ? $"{name}, or a list" : name;
    }

    public static string Describe(OptionAttribute option)
    {
        var text = option.Description.TrimEnd('.');
        text = text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";
        if (option.OneOf.Length > 0)
        {
            text += $" One of {string.Join(", ", option.OneOf.Select(v => $"`{v}`"))}.";
        }

        return (text + Bounds(option)).Trim();
    }

    private static string Bounds(OptionAttribute option) => (double.IsFinite(option.Min), double.IsFinite(option.Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" {option.Min} to {option.Max}."),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" At least {option.Min}."),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" At most {option.Max}."),
        _ => string.Empty,
    };

    private static Type? Element(Type type) =>
        type == typeof(string) || type.IsAssignableTo(typeof(JsonNode)) || !type.IsAssignableTo(typeof(IEnumerable))
            ? null
            : type.IsGenericType ? type.GetGenericArguments()[^1] : type.GetElementType();

    private static string Scalar(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) || t == typeof(long) => "whole number",
        var t when t == typeof(double) => "number",
        var t when t == typeof(string) => "text",
        var t when t == typeof(JsonObject) => "mapping",
        var t when t == typeof(JsonArray) => "list",
        _ => "any value",
    };
}
