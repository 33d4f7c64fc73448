using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Components.Options;

/// <summary>Binds a JSON object to an options type whose properties carry <see cref="OptionAttribute"/>, and finds all
/// faults at once: unknown keys, missing and ill-typed values, values out of range.</summary>
public static class OptionsBinder
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionProperty>> Cache = new();

    private static readonly ConcurrentDictionary<Type, IReadOnlySet<string>> Names = new();

    /// <summary>The options of a type in the order of declaration.</summary>
    public static IReadOnlyList<OptionProperty> Describe(Type type) => Cache.GetOrAdd(type, static t =>
        [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => (Property: p, Option: p.GetCustomAttribute<OptionAttribute>()))
            .Where(x => x.Option is not null)
            .Select(x => new OptionProperty(x.Property, x.Option!))]);

    /// <summary>Binds and collects faults; what could not be bound keeps its default.</summary>
    /// <param name="type">A class or record with a public parameterless constructor.</param>
    /// <param name="source">The values given.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <param name="alsoKnown">Keys that are allowed and not bound, as <c>type</c>.</param>
    public static object Bind(
        Type type, JsonObject source, ICollection<OptionFault> faults, IReadOnlyCollection<string>? alsoKnown = null)
    {
        var options = BindEach(type, source, faults, alsoKnown);
        (options as IValidatableOptions)?.Validate((key, message) => faults.Add(new OptionFault(key, message)));
        return options;
    }

    /// <summary>As <see cref="Bind(Type, JsonObject, ICollection{OptionFault}, IReadOnlyCollection{string})"/>, but looks at each
    /// option by itself: not at how they go together, nor for models and files that they name.</summary>
    public static object BindEach(
        Type type, JsonObject source, ICollection<OptionFault> faults, IReadOnlyCollection<string>? alsoKnown = null)
    {
        var options = Activator.CreateInstance(type)!;
        var properties = Describe(type);
        var names = Names.GetOrAdd(type, static t => Describe(t).Select(p => p.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var (key, _) in source)
        {
            if (!names.Contains(key) && alsoKnown?.Contains(key, StringComparer.Ordinal) != true)
            {
                faults.Add(new OptionFault(key, $"unknown option \"{key}\".{Suggestion.For(key, names.Concat(alsoKnown ?? []))}"));
            }
        }

        foreach (var property in properties)
        {
            BindOne(options, property, source[property.Name], faults);
        }

        return options;
    }

    /// <summary>Binds, or throws with all faults.</summary>
    /// <exception cref="FaultException">One fault or more.</exception>
    public static T Bind<T>(JsonObject source, params string[] alsoKnown)
        where T : class, new()
    {
        var faults = new List<OptionFault>();
        var options = (T)Bind(typeof(T), source, faults, alsoKnown);
        return faults.Count == 0
            ? options
            : throw new FaultException([.. faults.Select(f => new Fault(null, f.Key.Length == 0 ? f.Message : $"{f.Key}: {f.Message}"))]);
    }

    private static void BindOne(object options, OptionProperty property, JsonNode? node, ICollection<OptionFault> faults)
    {
        var empty = node is null || (node is JsonValue v && v.TryGetValue(out string? s) && s.Length == 0);
        if (empty)
        {
            if (property.Option.Required)
            {
                faults.Add(new OptionFault(property.Name, $"option \"{property.Name}\" is required: {property.Option.Description}"));
            }

            if (node is null)
            {
                return;
            }
        }

        var (value, problem) = OptionValue.Convert(property.Property.PropertyType, node!, property.Name, faults);
        problem ??= property.Check(value);
        if (problem is not null)
        {
            faults.Add(new OptionFault(property.Name, $"option \"{property.Name}\" {problem}"));
            return;
        }

        property.Property.SetValue(options, value);
    }
}

/// <summary>An option of an options type.</summary>
/// <param name="Property">The property.</param>
/// <param name="Option">What is declared of it.</param>
public sealed record OptionProperty(PropertyInfo Property, OptionAttribute Option)
{
    /// <summary>The key in the YAML.</summary>
    public string Name => Option.Name;

    /// <summary>Says what is wrong with a value, or null.</summary>
    internal string? Check(object? value)
    {
        if (value is string text && Option.OneOf.Length > 0 && !Option.OneOf.Contains(text, StringComparer.Ordinal))
        {
            return $"must be one of {string.Join(", ", Option.OneOf)}, not \"{text}\".{Suggestion.For(text, Option.OneOf)}";
        }

        if (value is IConvertible and not string and not bool)
        {
            var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            if (number < Option.Min || number > Option.Max)
            {
                return string.Create(CultureInfo.InvariantCulture, $"must lie between {Option.Min} and {Option.Max}, not {number}.");
            }
        }

        return null;
    }
}
