using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>The members of a JSON object, taken one by one; names are matched in any casing, as Elsa does. What is not
/// taken can be had as a whole, so that nothing is lost.</summary>
internal sealed class JsonMembers
{
    private readonly OrderedDictionary<string, JsonNode?> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;

    public JsonMembers(JsonObject json, string path)
    {
        _path = path;
        foreach (var (name, node) in json)
        {
            if (!_members.TryAdd(name, node))
            {
                throw new DefinitionFormatException($"{path} has \"{name}\" twice.");
            }
        }
    }

    public string Path => _path;

    public JsonNode? Take(string name) => _members.Remove(name, out var node) ? node : null;

    public JsonNode? Peek(string name) => _members.GetValueOrDefault(name);

    public bool Has(string name) => _members.ContainsKey(name);

    public string? TakeText(string name) => Take(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Wrong(name, "text"),
    };

    public bool TakeFlag(string name, bool fallback = false) => Take(name) switch
    {
        null => fallback,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        _ => throw Wrong(name, "true or false"),
    };

    public int TakeInt(string name, int fallback) => Take(name) switch
    {
        null => fallback,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Whole(value) ?? throw Wrong(name, "a whole number"),
        _ => throw Wrong(name, "a whole number"),
    };

    public DateTimeOffset TakeTime(string name)
    {
        var text = TakeText(name);
        if (text is null)
        {
            return default;
        }

        return DateTimeOffset.TryParse(
            text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong(name, "a time such as 2026-01-31T12:00:00Z");
    }

    public JsonObject TakeObject(string name) => Take(name) switch
    {
        null => [],
        JsonObject value => (JsonObject)value.DeepClone(),
        _ => throw Wrong(name, "an object"),
    };

    public IReadOnlyList<T> TakeList<T>(string name, Func<JsonNode?, string, T> read) =>
        List(Take(name), name) is { } list ? [.. list.Select((item, i) => read(item, $"{_path}.{name}[{i}]"))] : [];

    /// <summary>A list, which older tools wrap as <c>{"$values": […]}</c>.</summary>
    public JsonArray? List(JsonNode? node, string name) => node switch
    {
        null => null,
        JsonArray list => list,
        JsonObject wrapped when wrapped["$values"] is JsonArray list => list,
        _ => throw Wrong(name, "a list"),
    };

    /// <summary>What has not been taken, in its order.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Rest => _members;

    /// <summary>What has not been taken, as a copy; null where there is nothing.</summary>
    public JsonObject? Extra() =>
        _members.Count == 0 ? null : new JsonObject(_members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    public DefinitionFormatException Wrong(string name, string wanted) => new($"{_path}.{name} must be {wanted}.");

    public static JsonMembers Of(JsonNode? node, string path) =>
        node is JsonObject json ? new JsonMembers(json, path) : throw new DefinitionFormatException($"{path} must be an object.");

    private static int? Whole(JsonValue value) =>
        value.TryGetValue<int>(out var number) ? number
        : value.TryGetValue<double>(out var real) && real is >= int.MinValue and <= int.MaxValue && real == Math.Truncate(real) ? (int)real
        : null;
}
