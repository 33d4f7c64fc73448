using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Activities;

/// <summary>What an activity type is, for editors and for the check at publish; member for member Elsa 3.8's descriptor.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>Registered type name: namespace and name, as in <c>Elsa.Sequence</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Version of the type, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Group in the editor's toolbox.</summary>
    public string Category { get; init; } = "Miscellaneous";

    /// <summary>Name for people; by default the type's name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>How it relates to others.</summary>
    public ActivityKind Kind { get; init; } = ActivityKind.Action;

    /// <summary>Its inputs.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Its outputs.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Its ports. Without a flow port it leaves by <see cref="PortDescriptor.Done"/>.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>Flow ports that an activity has by its own settings, as a switch has its cases; null for none.</summary>
    public Func<ActivityNode, IEnumerable<string>>? OwnPorts { get; init; }

    /// <summary>Whether it holds activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether editors offer it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether a flowchart starts with it.</summary>
    public bool IsStart { get; init; }

    /// <summary>Whether its container ends with it.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Further values for editors.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>The part of the type name before the last dot.</summary>
    public string Namespace => TypeName.LastIndexOf('.') is > 0 and var dot ? TypeName[..dot] : string.Empty;

    /// <summary>The part of the type name after the last dot.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    /// <summary>The ports by which this activity may be left in a flowchart.</summary>
    public IReadOnlyList<string> FlowPorts(ActivityNode activity)
    {
        string[] ports =
        [
            .. Ports.Where(port => port.Type == PortType.Flow).Select(port => port.Name),
            .. OwnPorts?.Invoke(activity) ?? [],
        ];
        return ports.Length == 0 ? [PortDescriptor.Done] : ports;
    }
}

/// <summary>Kinds of activity, as Elsa names them.</summary>
public enum ActivityKind
{
    /// <summary>Does something and ends.</summary>
    Action,

    /// <summary>Can start a workflow.</summary>
    Trigger,

    /// <summary>Runs in the background.</summary>
    Job,

    /// <summary>Runs in the background where it is told to.</summary>
    Task,
}

/// <summary>Kinds of port.</summary>
public enum PortType
{
    /// <summary>An outcome that connections of a flowchart leave by.</summary>
    Flow,

    /// <summary>A place for an activity inside.</summary>
    Embedded,
}

/// <summary>A port of an activity type.</summary>
/// <param name="Name">Its name: the outcome, or the member that holds the activity in Pascal case.</param>
/// <param name="Type">Its kind.</param>
public sealed record PortDescriptor(string Name, PortType Type = PortType.Flow)
{
    /// <summary>The outcome of an activity that names none.</summary>
    public const string Done = "Done";

    /// <summary>Name for people; by default <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether editors show it.</summary>
    public bool IsBrowsable { get; init; } = true;
}
