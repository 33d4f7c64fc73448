using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions;

/// <summary>A variable of a workflow or container.</summary>
/// <param name="Id">What expressions and outputs refer to.</param>
/// <param name="Name">Name for people; unique in its scope.</param>
/// <param name="TypeName">Type as a registered alias, as in <c>Int32</c> or <c>List&lt;String&gt;</c>.</param>
/// <param name="Value">Initial value, usually as text; null for none.</param>
public sealed record Variable(string Id, string Name, string TypeName, JsonNode? Value = null)
{
    /// <summary>Whether it holds a list of <see cref="TypeName"/>.</summary>
    public bool IsArray { get; init; }

    /// <summary>Where Elsa keeps the value, or null for memory only.</summary>
    public string? StorageDriverTypeName { get; init; }

    /// <summary>Unknown members, verbatim.</summary>
    public JsonObject? Extra { get; init; }

    /// <summary>The storage driver of variables that outlive a burst.</summary>
    public const string InstanceStorage = "WorkflowInstanceStorageDriver";
}

/// <summary>An input or output of a workflow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Type as a registered alias.</param>
public sealed record WorkflowArgument(string Name, string TypeName)
{
    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Group in the editor.</summary>
    public string? Category { get; init; }

    /// <summary>Editor of an input, as in <c>singleline</c>.</summary>
    public string? UiHint { get; init; }

    /// <summary>Unknown members, verbatim.</summary>
    public JsonObject? Extra { get; init; }
}

/// <summary>A connection of a flowchart.</summary>
/// <param name="SourceActivity">Id of the activity it leaves.</param>
/// <param name="SourcePort">The port it leaves by; null for the default outcome.</param>
/// <param name="TargetActivity">Id of the activity it leads to.</param>
/// <param name="TargetPort">The port it arrives at, or null; without meaning when running.</param>
public sealed record Connection(
    string SourceActivity, string? SourcePort, string TargetActivity, string? TargetPort = null)
{
    /// <summary>Points that the designer's line passes.</summary>
    public IReadOnlyList<Vertex> Vertices { get; init; } = [];

    /// <summary>Unknown members, verbatim.</summary>
    public JsonObject? Extra { get; init; }
}

/// <summary>A point in the designer, in its pixels.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Vertex(double X, double Y);
