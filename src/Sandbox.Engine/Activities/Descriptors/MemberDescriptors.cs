using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>An input of an activity type.</summary>
/// <param name="Name">Its name in Pascal case; the JSON's member is the same in camel case.</param>
/// <param name="TypeName">Its type as a registered alias.</param>
public sealed record InputDescriptor(string Name, string TypeName = "String")
{
    /// <summary>Name for people; by default <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Group in the editor, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The editor: <c>singleline</c>, <c>multiline</c>, <c>code-editor</c>, <c>checkbox</c>, <c>dropdown</c> …</summary>
    public string UiHint { get; init; } = "singleline";

    /// <summary>Settings of the editor, by its name.</summary>
    public JsonObject UiSpecifications { get; init; } = [];

    /// <summary>Value where none is given, or null.</summary>
    public JsonNode? DefaultValue { get; init; }

    /// <summary>Place among the inputs.</summary>
    public float Order { get; init; }

    /// <summary>Whether the definition must give it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the JSON holds an expression rather than the bare value.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Whether editors show it.</summary>
    public bool IsBrowsable { get; init; } = true;
}

/// <summary>An output of an activity type.</summary>
/// <param name="Name">Its name in Pascal case.</param>
/// <param name="TypeName">Its type as a registered alias.</param>
public sealed record OutputDescriptor(string Name, string TypeName = "Object")
{
    /// <summary>Name for people; by default <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it holds.</summary>
    public string? Description { get; init; }

    /// <summary>Whether editors show it.</summary>
    public bool IsBrowsable { get; init; } = true;
}
