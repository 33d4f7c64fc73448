using System.Reflection;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Plugins.Assemblies;

/// <summary>A class of a plugin: how it is made from its options.</summary>
internal sealed class PluginClass
{
    private readonly ConstructorInfo _constructor;

    private PluginClass(ConstructorInfo constructor, Type? optionsType) => (_constructor, OptionsType) = (constructor, optionsType);

    /// <summary>What its constructor takes as options; null where it takes none.</summary>
    public Type? OptionsType { get; }

    /// <summary>Looks at a class; null, and faults, where it cannot be used.</summary>
    public static PluginClass? Of(Type type, Type contract, Action<string> fault)
    {
        var constructors = type.GetConstructors();
        if (type.IsAbstract || !type.IsAssignableTo(contract) || constructors is not [var constructor])
        {
            fault($"the class {type.FullName} must be no abstract one, be an {contract.Name}, and have one public constructor.");
            return null;
        }

        var taken = constructor.GetParameters().Select(p => p.ParameterType).Where(p => p != typeof(ComponentStarter)).ToList();
        if (taken.Count > 1 || (contract == typeof(IComponent) && taken.Count != constructor.GetParameters().Length))
        {
            fault($"the constructor of {type.FullName} may take one class of options{(contract == typeof(IComponent) ? string.Empty : " and the ComponentStarter")}, nothing else.");
            return null;
        }

        return taken is [var options] && !IsOptions(options, type, fault) ? null : new PluginClass(constructor, taken.FirstOrDefault());
    }

    /// <summary>Makes one.</summary>
    public object Make(object? options, ComponentStarter? starter) => _constructor.Invoke(
        BindingFlags.DoNotWrapExceptions, binder: null,
        [.. _constructor.GetParameters().Select(p => p.ParameterType == typeof(ComponentStarter) ? (object?)starter : options)], culture: null);

    private static bool IsOptions(Type options, Type owner, Action<string> fault)
    {
        if (!options.IsClass || options.GetConstructor(Type.EmptyTypes) is null)
        {
            fault($"the options {options.FullName} of {owner.FullName} must be a class with a constructor without parameters.");
            return false;
        }

        // Made once, as every check of a config does: what throws here would throw there.
        Activator.CreateInstance(options);
        if (OptionsBinder.Describe(options).FirstOrDefault(o => !o.Property.CanWrite) is { } fixedOne)
        {
            fault($"the option {fixedOne.Name} of {options.FullName} has no setter.");
            return false;
        }

        return true;
    }
}
