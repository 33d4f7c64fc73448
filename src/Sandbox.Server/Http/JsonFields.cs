using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Server.Http;

/// <summary>Reads members of a request. What has the wrong type is said by name.</summary>
internal static class JsonFields
{
    public static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => throw Wrong(name, "text"),
    };

    public static bool? Flag(this JsonObject json, string name) => json[name]?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    public static int? Whole(this JsonObject json, string name, int least = int.MinValue, int most = int.MaxValue)
    {
        if (json[name] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number)
            && number >= least && number <= most
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    public static JsonObject? Map(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject map => map,
        _ => throw Wrong(name, "an object"),
    };

    /// <summary>A list of texts; null where it is absent.</summary>
    public static IReadOnlyList<string>? Texts(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray list when list.All(i => i?.GetValueKind() == JsonValueKind.String) => [.. list.Select(i => i!.GetValue<string>())],
        _ => throw Wrong(name, "a list of texts"),
    };

    /// <summary>A name out of an enumeration; null where it is absent or empty.</summary>
    public static T? Name<T>(this JsonObject json, string name)
        where T : struct, Enum => json.Text(name) is { Length: > 0 } text ? Name<T>(name, text) : null;

    public static T Name<T>(string member, string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) && text[0] != '-'
            ? value
            : throw Wrong(member, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static ProblemException Wrong(string name, string expected) => ProblemException.Bad($"\"{name}\" must be {expected}.");
}
