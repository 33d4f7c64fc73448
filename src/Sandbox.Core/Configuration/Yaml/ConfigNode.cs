using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>A value of a YAML or JSON file together with the place where it stands. Immutable; an alias is the very node
/// of its anchor.</summary>
public abstract class ConfigNode
{
    private protected ConfigNode(SourceLocation location) => Location = location;

    /// <summary>Where the value starts.</summary>
    public SourceLocation Location { get; }

    /// <summary>What the value is called in messages, as in <c>a list</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>Levels of nesting, aliases written out; a scalar has one.</summary>
    internal int Height { get; private protected init; } = 1;

    /// <summary>Number of nodes, aliases written out.</summary>
    internal long Weight { get; private protected init; } = 1;

    /// <summary>The value without its places. Infinite and undefined numbers become the texts <c>.inf</c>,
    /// <c>-.inf</c> and <c>.nan</c>, for which JSON has no word.</summary>
    public abstract JsonNode? ToJson();
}

/// <summary>A list.</summary>
public sealed class ConfigSequence : ConfigNode
{
    /// <summary>A list of the items given.</summary>
    public ConfigSequence(SourceLocation location, IReadOnlyList<ConfigNode> items)
        : base(location)
    {
        Items = items;
        foreach (var item in items)
        {
            Height = Math.Max(Height, item.Height + 1);
            Weight += item.Weight;
        }
    }

    /// <summary>The items in file order.</summary>
    public IReadOnlyList<ConfigNode> Items { get; }

    /// <inheritdoc />
    public override string Noun => "a list";

    /// <inheritdoc />
    public override JsonNode ToJson() => new JsonArray([.. Items.Select(i => i.ToJson())]);
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key as text.</param>
/// <param name="KeyLocation">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record ConfigEntry(string Key, SourceLocation KeyLocation, ConfigNode Value);

/// <summary>A mapping; keys are unique and in file order.</summary>
public sealed class ConfigMapping : ConfigNode
{
    private readonly Lazy<Dictionary<string, ConfigEntry>> _byKey;

    /// <summary>A mapping of the entries given, whose keys must be unique.</summary>
    public ConfigMapping(SourceLocation location, IReadOnlyList<ConfigEntry> entries)
        : base(location)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            Height = Math.Max(Height, entry.Value.Height + 1);
            Weight += entry.Value.Weight;
        }

        _byKey = new(() => entries.ToDictionary(e => e.Key, StringComparer.Ordinal), LazyThreadSafetyMode.None);
    }

    /// <summary>The entries in file order; merged ones (<c>&lt;&lt;</c>) come last.</summary>
    public IReadOnlyList<ConfigEntry> Entries { get; }

    /// <inheritdoc />
    public override string Noun => "a mapping";

    /// <summary>The entry of that key, or null.</summary>
    public ConfigEntry? Find(string key) => _byKey.Value.GetValueOrDefault(key);

    /// <inheritdoc />
    public override JsonObject ToJson()
    {
        var result = new JsonObject();
        foreach (var entry in Entries)
        {
            result[entry.Key] = entry.Value.ToJson();
        }

        return result;
    }
}
