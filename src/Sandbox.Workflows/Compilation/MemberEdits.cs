using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Compilation;

/// <summary>The difference of two JSON objects, member by member: changed members with their new value, removed ones in
/// a list under <c>-</c>. An input that has only another type or form is given without its value, which stays where the
/// YAML has it.</summary>
internal static class MemberEdits
{
    private const string Removed = "-";

    /// <summary>What must be applied to the first to get the second; null where they are equal.</summary>
    public static JsonObject? Between(JsonObject from, JsonObject to, Func<string, JsonNode?, JsonNode?, bool>? isSameValue = null)
    {
        var changes = new JsonObject();
        foreach (var (name, value) in to)
        {
            if (!from.ContainsKey(name) || !JsonNode.DeepEquals(from[name], value))
            {
                var isSame = from.ContainsKey(name) && isSameValue?.Invoke(name, from[name], value) == true;
                if (isSame && JsonNode.DeepEquals(WithoutValue(from[name]), WithoutValue(value)))
                {
                    continue;
                }

                changes[name] = isSame ? WithoutValue(value) : value?.DeepClone();
            }
        }

        var removed = from.Select(m => m.Key).Where(name => !to.ContainsKey(name)).ToList();
        if (removed.Count > 0)
        {
            changes[Removed] = new JsonArray([.. removed.Select(name => (JsonNode?)name)]);
        }

        return changes.Count == 0 ? null : changes;
    }

    /// <summary>Applies a difference.</summary>
    public static void Apply(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (name == Removed)
            {
                foreach (var removed in (value as JsonArray ?? []).OfType<JsonValue>())
                {
                    target.Remove(removed.ToString());
                }

                continue;
            }

            var changed = value?.DeepClone();
            if (Expression(changed) is { } form && !form.ContainsKey("value") && Expression(target[name]) is { } old && old.ContainsKey("value"))
            {
                form["value"] = old["value"]?.DeepClone();
            }

            target[name] = changed;
        }
    }

    private static JsonObject? Expression(JsonNode? input) => (input as JsonObject)?["expression"] as JsonObject;

    private static JsonNode? WithoutValue(JsonNode? input)
    {
        var clone = input?.DeepClone();
        Expression(clone)?.Remove("value");
        return clone;
    }
}
