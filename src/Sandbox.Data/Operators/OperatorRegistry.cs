using System.Reflection;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Operators.Filters;
using Sandbox.Data.Operators.Filters.Models;
using Sandbox.Data.Operators.Mappers;
using Sandbox.Data.Operators.Mappers.Html;
using Sandbox.Data.Operators.Selectors;

namespace Sandbox.Data.Operators;

/// <summary>The operators of the embedded engine, by name.</summary>
public static class OperatorRegistry
{
    private static readonly Dictionary<string, OperatorDescriptor> ByName = Descriptors()
        .ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>All operators.</summary>
    public static IReadOnlyCollection<OperatorDescriptor> All => ByName.Values;

    /// <summary>The operator of that name, or null.</summary>
    public static OperatorDescriptor? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Checks an operator of a recipe and binds its options.</summary>
    /// <param name="config">The operator.</param>
    /// <param name="faults">Receives the faults, keyed as <c>process[0].name.option</c>.</param>
    /// <returns>The descriptor and the options, or null where there are faults.</returns>
    internal static (OperatorDescriptor Descriptor, object Options)? Check(OperatorConfig config, ICollection<OptionFault> faults)
    {
        var descriptor = Find(config.Name);
        if (descriptor is null)
        {
            faults.Add(new OptionFault(config.Key, Unknown(config.Name)));
            return null;
        }

        var inner = new List<OptionFault>();
        var options = OptionsBinder.Bind(descriptor.OptionsType, config.Arguments, inner, OperatorOptions.Ignored);
        ClearBounds(options, config);
        Add(inner, config, faults);
        return inner.Count == 0 ? (descriptor, options) : null;
    }

    /// <summary>Checks each option of an operator by itself, if the operator is known: it need not be able to run here.</summary>
    internal static void CheckEach(OperatorConfig config, ICollection<OptionFault> faults)
    {
        if (Find(config.Name) is { } descriptor)
        {
            var inner = new List<OptionFault>();
            _ = OptionsBinder.BindEach(descriptor.OptionsType, config.Arguments, inner, OperatorOptions.Ignored);
            Add(inner, config, faults);
        }
    }

    /// <summary>Whether an operator has an option; true for operators that are not known here.</summary>
    /// <param name="name">The operator.</param>
    /// <param name="option">The option.</param>
    /// <param name="suggestion">What may have been meant, as a sentence; else empty.</param>
    public static bool HasOption(string name, string option, out string suggestion)
    {
        suggestion = string.Empty;
        if (Find(name) is not { } descriptor || OperatorOptions.Ignored.Contains(option, StringComparer.Ordinal))
        {
            return true;
        }

        var names = OptionsBinder.Describe(descriptor.OptionsType).Select(o => o.Name).ToList();
        suggestion = Suggestion.For(option, names);
        return names.Contains(option, StringComparer.Ordinal);
    }

    private static void Add(List<OptionFault> inner, OperatorConfig config, ICollection<OptionFault> faults)
    {
        foreach (var fault in inner)
        {
            faults.Add(fault with { Key = fault.Key.Length == 0 ? config.Key : $"{config.Key}.{fault.Key}" });
        }
    }

    private static string Unknown(string name) => UpstreamOperators.Has(name)
        ? $"the operator \"{name}\" needs the real Data-Juicer, since the embedded engine does not have it: name the environment that holds it with env_manager and env_name (in a job's extra_configs; --env-manager and --env-name of sandbox process), and leave engine at auto or set it to data-juicer."
        : $"unknown operator \"{name}\".{Suggestion.For(name, ByName.Keys)} The embedded engine runs text operators; others need the real Data-Juicer.";

    // A bound or pattern that is written as null means that there is none, not "the default".
    private static void ClearBounds(object options, OperatorConfig config)
    {
        foreach (var property in OptionsBinder.Describe(options.GetType()))
        {
            if (config.Arguments.TryGetPropertyValue(property.Name, out var value) && value is null && IsNullable(property.Property))
            {
                property.Property.SetValue(options, null);
            }
        }
    }

    private static bool IsNullable(PropertyInfo property) => property.PropertyType == typeof(double?)
        || (property.PropertyType == typeof(string) && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);

    private static IEnumerable<OperatorDescriptor> Descriptors() =>
    [
        .. TextFilters.All,
        .. FieldFilters.All,
        .. TextMappers.All,
        .. DocumentDeduplicator.All,
        MinHashDeduplicator.Descriptor,
        SimHashDeduplicator.Descriptor,
        .. FieldSelectors.All,
        .. HtmlTables.All,
        .. Groupers.Groupers.All,
        .. ModelFilters.All,
        TextChunkMapper.Descriptor,
    ];
}
