using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Incidents;

namespace Sandbox.Engine.Runtime;

/// <summary>A definition version made ready to run. Immutable, and shared by all instances of the version.</summary>
internal sealed class WorkflowGraph
{
    private readonly Dictionary<string, ActivityGraphNode> _nodes = new(StringComparer.Ordinal);

    private WorkflowGraph(WorkflowDefinition definition)
    {
        Definition = definition;
        var workflow = new ActivityNode
        {
            Type = WorkflowActivity.TypeName,
            Id = NodeIds.Workflow,
            Name = definition.Name,
            Variables = definition.Variables,
        };
        Root = new ActivityGraphNode(workflow, null, null, new WorkflowActivity());
        _nodes.Add(Root.NodeId, Root);
        var strategy = definition.Options[OptionNames.IncidentStrategyType] is JsonValue value ? InputValues.Text(value) : null;
        IncidentStrategy = strategy?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true
            ? IncidentStrategy.ContinueWithIncidents
            : IncidentStrategy.Fault;
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>The workflow itself; its one activity is the definition's root.</summary>
    public ActivityGraphNode Root { get; }

    public IncidentStrategy IncidentStrategy { get; }

    /// <summary>Makes a definition ready.</summary>
    public static WorkflowGraph Build(WorkflowDefinition definition, ActivityRegistry registry)
    {
        var graph = new WorkflowGraph(definition);
        graph.Root.AddActivity(graph.Add(definition.Root, graph.Root, registry));
        return graph;
    }

    /// <summary>The node of that path.</summary>
    /// <exception cref="InvalidOperationException">The definition has none: the instance's rows belong to another version.</exception>
    public ActivityGraphNode Find(string nodeId) => _nodes.TryGetValue(nodeId, out var node)
        ? node
        : throw new InvalidOperationException(
            $"Definition version {Definition.Id} has no activity at {nodeId}, where the instance stands.");

    private ActivityGraphNode Add(ActivityNode definition, ActivityGraphNode parent, ActivityRegistry registry)
    {
        var descriptor = registry.Find(definition.Type, definition.Version);
        var node = new ActivityGraphNode(definition, parent, descriptor, Behavior(definition, descriptor, registry));
        _nodes[node.NodeId] = node;
        foreach (var child in definition.Activities ?? [])
        {
            node.AddActivity(Add(child, node, registry));
        }

        foreach (var (port, embedded) in definition.Ports)
        {
            foreach (var child in embedded.Activities)
            {
                node.AddToPort(port, Add(child, node, registry));
            }
        }

        if (definition.Connections is { } connections)
        {
            node.Flow = FlowGraph.Build(node.Activities, connections);
        }

        return node;
    }

    private static IActivity Behavior(ActivityNode definition, ActivityDescriptor? descriptor, ActivityRegistry registry) =>
        descriptor is null
            ? new MissingActivity(definition.Type, definition.Version)
            : registry.Resolve(descriptor.TypeName, descriptor.Version);
}
