namespace Sandbox.Core.Components.Options;

/// <summary>What an option that is a path is used for.</summary>
public enum PathAccess
{
    /// <summary>Not a path.</summary>
    None,

    /// <summary>A file or directory that is read: it must exist or be written by an earlier job.</summary>
    Read,

    /// <summary>A file or directory that is written.</summary>
    Write,
}

/// <summary>Declares a property as an option of a component or operator.</summary>
/// <param name="name">The key in the YAML, as in <c>train_dataset</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string name) : Attribute
{
    /// <summary>The key in the YAML.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for people, with the unit of the value.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Whether the option must be given (an empty string counts as not given).</summary>
    public bool Required { get; init; }

    /// <summary>Whether and how the option is a path, or a list of paths.</summary>
    public PathAccess Path { get; init; }

    /// <summary>Whether the texts in it may hold <see cref="Context.Placeholders"/>.</summary>
    public bool Placeholders { get; init; }

    /// <summary>Smallest number allowed.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number allowed.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The values allowed, or empty for any.</summary>
    public string[] OneOf { get; init; } = [];
}

/// <summary>Options with rules that span several of them.</summary>
public interface IValidatableOptions
{
    /// <summary>Adds a fault for every rule that is broken: key and message.</summary>
    void Validate(Action<string, string> fault);
}

/// <summary>A fault in options.</summary>
/// <param name="Key">Dotted key within the options, or empty for the options as a whole.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record OptionFault(string Key, string Message);
