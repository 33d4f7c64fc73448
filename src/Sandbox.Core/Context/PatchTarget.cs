using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>One of a job's two configs while it is patched.</summary>
internal sealed class PatchTarget(string name, JsonNode? root)
{
    public string Name { get; } = name;

    public JsonNode? Root { get; private set; } = Empty(root);

    /// <summary>The job that gave the config as a whole, or null.</summary>
    public JobContext? From { get; private set; }

    /// <summary>The config's path, where it is one.</summary>
    public string? Path => Root is JsonValue value && value.TryGetValue<string>(out var path) ? path : null;

    public void Replace(JsonNode? root, JobContext? from) => (Root, From) = (Empty(root), from);

    /// <summary>Sets a value below the root.</summary>
    /// <returns>What stands in the way and how to mend it, or null.</returns>
    public string? Set(string key, JsonNode? value, out string pointer)
    {
        pointer = "/" + Name;
        var parts = key.Split('.');
        if (Array.Exists(parts, p => p.Length == 0))
        {
            return $"the key \"{Name}.{key}\" has an empty part.";
        }

        Root ??= new JsonObject();
        var node = Root;
        for (var i = 0; i < parts.Length;)
        {
            var (part, taken) = Take(node, parts, i);
            i += taken;
            if (Step(ref node, part, i == parts.Length, value, ref pointer) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    public static string Describe(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject => "a mapping",
        JsonArray => "a list",
        _ => node.ToJsonString(),
    };

    // Upstream takes an empty text for no config.
    private static JsonNode? Empty(JsonNode? root) =>
        root is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0 ? null : root;

    // A key that holds dots itself is found under its whole name first.
    private static (string Part, int Taken) Take(JsonNode node, string[] parts, int start)
    {
        if (node is JsonObject map)
        {
            for (var end = parts.Length; end > start + 1; end--)
            {
                var name = string.Join('.', parts[start..end]);
                if (map.ContainsKey(name))
                {
                    return (name, end - start);
                }
            }
        }

        return (parts[start], 1);
    }

    private static string? Step(ref JsonNode node, string part, bool last, JsonNode? value, ref string pointer)
    {
        var at = pointer;
        switch (node)
        {
            case JsonObject map:
                pointer = JsonPointers.Append(pointer, part);
                node = last ? map : map[part] ?? (map[part] = new JsonObject());
                if (last)
                {
                    map[part] = value;
                }

                return null;
            case JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index):
                if (index >= list.Count)
                {
                    return $"{Dotted(at)} has no item {part}: it has {Count(list)}, counted from 0.";
                }

                pointer = JsonPointers.Append(pointer, part);
                node = last ? list : list[index] ?? (list[index] = new JsonObject());
                if (last)
                {
                    list[index] = value;
                }

                return null;
            case JsonArray list:
                return StepIntoOperator(ref node, list, part, last, value, ref pointer);
            default:
                return $"{Dotted(at)} is {Describe(node)}, so it has no \"{part}\".";
        }
    }

    // A list of operators: mappings with one key, the operator, or its bare name.
    private static string? StepIntoOperator(
        ref JsonNode node, JsonArray list, string part, bool last, JsonNode? value, ref string pointer)
    {
        var names = list.Select(OperatorName).ToList();
        var index = names.IndexOf(part);
        if (index < 0)
        {
            var known = names.OfType<string>().ToList();
            return known.Count == 0
                ? $"{Dotted(pointer)} is a list of {Count(list)}: write a number from 0 instead of \"{part}\"."
                : $"{Dotted(pointer)} has no \"{part}\"; it has {string.Join(", ", known)}.{Suggestion.For(part, known)}";
        }

        if (list[index] is not JsonObject)
        {
            list[index] = new JsonObject { [part] = null };
        }

        pointer = JsonPointers.Append(pointer, index.ToString(CultureInfo.InvariantCulture));
        node = list[index]!;
        return Step(ref node, part, last, value, ref pointer);
    }

    private static string? OperatorName(JsonNode? item) => item switch
    {
        JsonObject { Count: 1 } map => map.First().Key,
        JsonValue value when value.TryGetValue<string>(out var name) => name,
        _ => null,
    };

    private static string Count(JsonArray list) =>
        list.Count == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{list.Count} items");

    private static string Dotted(string pointer) => pointer[1..].Replace('/', '.');
}
