using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Activities;

/// <summary>An activity of a definition together with its behaviour: what a definition version is turned into, once,
/// and shared by all its instances.</summary>
public sealed class ActivityGraphNode
{
    private readonly List<ActivityGraphNode> _activities = [];
    private readonly Dictionary<string, List<ActivityGraphNode>> _ports = new(StringComparer.OrdinalIgnoreCase);

    internal ActivityGraphNode(ActivityNode definition, ActivityGraphNode? parent, ActivityDescriptor? descriptor, IActivity behavior)
    {
        Definition = definition;
        Parent = parent;
        Descriptor = descriptor;
        Behavior = behavior;
        NodeId = parent is null ? definition.Id : NodeIds.Join(parent.NodeId, definition.Id);
    }

    /// <summary>The activity as the definition has it.</summary>
    public ActivityNode Definition { get; }

    /// <summary>The activity that it stands in.</summary>
    public ActivityGraphNode? Parent { get; }

    /// <summary>Its id.</summary>
    public string Id => Definition.Id;

    /// <summary>The path of ids from <c>Workflow1</c> down, joined by colons.</summary>
    public string NodeId { get; }

    /// <summary>Its type name.</summary>
    public string Type => Definition.Type;

    /// <summary>Version of the type.</summary>
    public int Version => Definition.Version;

    /// <summary>Its name, or null.</summary>
    public string? Name => Definition.Name;

    /// <summary>A container's activities, in order.</summary>
    public IReadOnlyList<ActivityGraphNode> Activities => _activities;

    /// <summary>What is known of its type; null for the workflow itself.</summary>
    internal ActivityDescriptor? Descriptor { get; }

    /// <summary>What it does.</summary>
    internal IActivity Behavior { get; }

    /// <summary>Facts about a flowchart's connections; null for other types.</summary>
    internal FlowGraph? Flow { get; set; }

    /// <summary>The activities in an embedded port; none where it is empty.</summary>
    public IReadOnlyList<ActivityGraphNode> Port(string name) => _ports.TryGetValue(name, out var list) ? list : [];

    internal void AddActivity(ActivityGraphNode child) => _activities.Add(child);

    internal void AddToPort(string name, ActivityGraphNode child)
    {
        if (!_ports.TryGetValue(name, out var list))
        {
            _ports.Add(name, list = []);
        }

        list.Add(child);
    }
}
