using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>A mapping of a sweep with a closed set of keys. Types are strict, as W&amp;B's schema is: text is no number.</summary>
/// <param name="name">What the mapping is, for messages.</param>
/// <param name="mapping">The mapping.</param>
/// <param name="faults">Receives the faults.</param>
internal sealed class SweepSection(string name, ConfigMapping mapping, ICollection<Fault> faults)
{
    public SourceLocation Location => mapping.Location;

    public ConfigEntry? Find(string key) => mapping.Find(key);

    public bool Has(string key) => mapping.Find(key) is not null;

    /// <summary>Whether a value is written as a whole number.</summary>
    public bool IsWhole(string key) => mapping.Find(key)?.Value is ConfigScalar { Kind: ScalarKind.Integer };

    /// <summary>Refuses keys that are not known.</summary>
    public void Allow(params IReadOnlyCollection<string> keys)
    {
        foreach (var entry in mapping.Entries.Where(e => !keys.Contains(e.Key, StringComparer.Ordinal)))
        {
            Fault(entry.KeyLocation, $"has no key \"{entry.Key}\": it has {string.Join(", ", keys)}.{Suggestion.For(entry.Key, keys)}");
        }
    }

    /// <summary>One of the texts allowed; null where the key is absent or wrong.</summary>
    public string? OneOf(string key, IReadOnlyCollection<string> allowed, string? hint = null)
    {
        if (mapping.Find(key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is ConfigScalar scalar && allowed.Contains(scalar.Text, StringComparer.Ordinal))
        {
            return scalar.Text;
        }

        var near = entry.Value is ConfigScalar text ? Suggestion.For(text.Text, allowed) : string.Empty;
        Fault(entry.Value.Location, $"\"{key}\" must be one of {string.Join(", ", allowed)}, not {entry.Value.Noun}.{near}{hint}");
        return null;
    }

    public string? Text(string key)
    {
        switch (mapping.Find(key)?.Value)
        {
            case null or ConfigScalar { IsNull: true }:
                return null;
            case ConfigScalar { Text.Length: > 0 } scalar:
                return scalar.Text;
            case { } other:
                Fault(other.Location, $"\"{key}\" must be text, not {other.Noun}.");
                return null;
        }
    }

    public bool? Flag(string key) => mapping.Find(key)?.Value switch
    {
        null => null,
        ConfigScalar { Boolean: { } flag } => flag,
        var other => Wrong<bool>(key, other, "true or false"),
    };

    /// <summary>A whole number from a least one; a float is none, though it be whole.</summary>
    public int? Whole(string key, int least) => mapping.Find(key)?.Value switch
    {
        null => null,
        ConfigScalar { Kind: ScalarKind.Integer, Number: { } number } when number >= least && number <= int.MaxValue => (int)number,
        var other => Wrong<int>(key, other, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}")),
    };

    public double? Number(string key, double above = double.NegativeInfinity) => mapping.Find(key)?.Value switch
    {
        null => null,
        ConfigScalar { Number: { } number } when double.IsFinite(number) && number > above => number,
        var other => Wrong<double>(
            key, other, double.IsFinite(above) ? string.Create(CultureInfo.InvariantCulture, $"a number above {above}") : "a number"),
    };

    /// <summary>Adds a fault about the section.</summary>
    public void Fault(SourceLocation at, string message) => faults.Add(new Fault(at, $"{name}: {message}"));

    private T? Wrong<T>(string key, ConfigNode node, string expected)
        where T : struct
    {
        Fault(node.Location, $"\"{key}\" must be {expected}, not {node.Noun}.");
        return null;
    }
}
