using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Components;

/// <summary>What is known of a component type without running it.</summary>
public sealed record ComponentDescriptor
{
    /// <summary>The factory that offers it, as in <c>DataEvaluatorFactory</c>.</summary>
    public required string Factory { get; init; }

    /// <summary>The <c>type</c> in the YAML.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The options type, with <see cref="OptionAttribute"/>s.</summary>
    public required Type OptionsType { get; init; }

    /// <summary>How many results a run gives; null where it depends.</summary>
    public int? Results { get; init; } = 1;

    /// <summary>Gives the results by name, where the options name them; null where they have no names. A job's
    /// <c>output</c> picks from them.</summary>
    public Func<object, IReadOnlyList<NamedResult>>? NamedResults { get; init; }

    /// <summary>Paths that the component writes beside those that its options declare, from validated options.</summary>
    public Func<object, IReadOnlyList<string>>? WritesPaths { get; init; }

    /// <summary>Makes the component from validated options.</summary>
    public required Func<object, IComponent> Create { get; init; }

    /// <summary>The plugin that brought the type; null for the sandbox's own.</summary>
    public string? Origin { get; init; }
}

/// <summary>A result that options name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path that it is, where it is known before the run; else null.</param>
public sealed record NamedResult(string Name, string? Path);

/// <summary>The component types that a host offers, by factory and <c>type</c>.</summary>
public sealed class ComponentRegistry
{
    private static readonly string[] TypeKey = ["type"];
    private readonly Dictionary<string, List<ComponentDescriptor>> _factories = new(StringComparer.Ordinal);

    /// <summary>A registry of the descriptors given.</summary>
    public ComponentRegistry(IEnumerable<ComponentDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (!_factories.TryGetValue(descriptor.Factory, out var list))
            {
                _factories[descriptor.Factory] = list = [];
            }

            list.Add(descriptor);
        }
    }

    /// <summary>All types, factory by factory in the order of registration.</summary>
    public IEnumerable<ComponentDescriptor> All => _factories.Values.SelectMany(list => list);

    /// <summary>The types of a factory in the order of registration.</summary>
    public IReadOnlyList<ComponentDescriptor> Of(string factory) =>
        _factories.TryGetValue(factory, out var list) ? list : [];

    /// <summary>Finds the component type that the options name, checks the options and says all that is wrong.</summary>
    /// <param name="factory">The hook's factory.</param>
    /// <param name="options">The <c>extra_configs</c>.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <returns>The descriptor and the bound options, or null where the type is unknown.</returns>
    public (ComponentDescriptor Descriptor, object Options)? Check(
        string factory, JsonObject options, ICollection<OptionFault> faults)
    {
        var known = Of(factory);
        var type = options["type"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;
        if (type is null)
        {
            faults.Add(new OptionFault("type", $"\"type\" is required: one of {Names(known)}."));
            return null;
        }

        var descriptor = known.FirstOrDefault(d => d.Type == type);
        if (descriptor is null)
        {
            faults.Add(new OptionFault(
                "type", $"unknown type \"{type}\" for {factory}: it has {Names(known)}.{Suggestion.For(type, known.Select(d => d.Type))}"));
            return null;
        }

        return (descriptor, OptionsBinder.Bind(descriptor.OptionsType, options, faults, TypeKey));
    }

    private static string Names(IEnumerable<ComponentDescriptor> known) => string.Join(", ", known.Select(d => d.Type));
}
