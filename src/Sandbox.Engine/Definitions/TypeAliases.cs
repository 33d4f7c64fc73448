namespace Sandbox.Engine.Definitions;

/// <summary>The names by which Elsa 3.8 knows types: a variable of another one is dropped when it loads.</summary>
public static class TypeAliases
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "Object", "String", "Boolean", "Int16", "Int32", "Int64", "Long", "Single", "Double", "Decimal", "ByteArray", "Guid",
        "DateTime", "DateTimeOffset", "TimeSpan", "Stream", "JSON", "JsonElement", "JsonNode", "JsonObject", "JsonArray",
        "StringDictionary", "ObjectDictionary", "StringMap", "ObjectMap",
    };

    private static readonly string[] Collections = ["List", "IList", "ICollection", "IEnumerable", "HashSet", "ISet"];

    /// <summary>The names of single values, for editors and messages.</summary>
    public static IReadOnlyCollection<string> Names => Known;

    /// <summary>Whether a type name is known: an alias, one with <c>?</c> or <c>[]</c> behind it, or a list of one such as
    /// <c>List&lt;String&gt;</c>.</summary>
    public static bool IsKnown(string typeName) => Known.Contains(Element(typeName.AsSpan()).ToString());

    private static ReadOnlySpan<char> Element(ReadOnlySpan<char> name)
    {
        foreach (var collection in Collections)
        {
            if (name.Length > collection.Length + 2 && name.StartsWith(collection, StringComparison.OrdinalIgnoreCase)
                && name[collection.Length] == '<' && name[^1] == '>')
            {
                name = name[(collection.Length + 1)..^1];
                break;
            }
        }

        return name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name.EndsWith("?", StringComparison.Ordinal) ? name[..^1] : name;
    }
}
