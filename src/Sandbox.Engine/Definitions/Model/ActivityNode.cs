using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions;

/// <summary>
/// An activity in a definition. Names of inputs, outputs and ports are camel case, as in the JSON. The JSON nodes in it
/// belong to it: they must not be changed after it is made.
/// </summary>
public sealed record ActivityNode
{
    /// <summary>Registered type name, as in <c>Elsa.Sequence</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Version of the type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Id, unique in the definition; empty where a flowchart's activity lacks one.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The path of ids from <see cref="NodeIds.Workflow"/> down, joined by colons; computed on reading.</summary>
    public string NodeId { get; init; } = string.Empty;

    /// <summary>Name for people, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Values that tools keep with the activity; <c>canStartWorkflow</c> is among them.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>The designer's place for it, and <c>displayText</c>.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Inputs that are given, by name.</summary>
    public IReadOnlyDictionary<string, InputBinding> Inputs { get; init; } = Empty<InputBinding>.Members;

    /// <summary>Outputs that are bound, by name.</summary>
    public IReadOnlyDictionary<string, OutputBinding> Outputs { get; init; } = Empty<OutputBinding>.Members;

    /// <summary>Activities in embedded ports, by name: <c>then</c>, <c>else</c>, <c>body</c>, <c>branches</c> …</summary>
    public IReadOnlyDictionary<string, EmbeddedPort> Ports { get; init; } = Empty<EmbeddedPort>.Members;

    /// <summary>A container's activities: in order in a sequence, in any order in a flowchart; null where the type has none.</summary>
    public IReadOnlyList<ActivityNode>? Activities { get; init; }

    /// <summary>A container's variables; null where the type has none.</summary>
    public IReadOnlyList<Variable>? Variables { get; init; }

    /// <summary>A flowchart's connections; null where the type has none.</summary>
    public IReadOnlyList<Connection>? Connections { get; init; }

    /// <summary>Members that this engine does not know, verbatim.</summary>
    public JsonObject Extra { get; init; } = [];

    /// <summary>All activities directly inside this one: those of the container, then those of the ports.</summary>
    public IEnumerable<ActivityNode> Children()
    {
        foreach (var child in Activities ?? [])
        {
            yield return child;
        }

        foreach (var child in Ports.Values.SelectMany(port => port.Activities))
        {
            yield return child;
        }
    }

    /// <summary>This activity and all inside it, parents before children, in the order of the JSON.</summary>
    public IEnumerable<ActivityNode> DescendantsAndSelf()
    {
        var open = new Stack<ActivityNode>([this]);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children().Reverse())
            {
                open.Push(child);
            }
        }
    }

    private static class Empty<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Members = new Dictionary<string, T>(StringComparer.Ordinal);
    }
}

/// <summary>What an embedded port holds: one activity, or a list of them as a fork's branches.</summary>
/// <param name="Activities">The activities, in order.</param>
/// <param name="IsList">Whether the port is a list in the JSON.</param>
public sealed record EmbeddedPort(IReadOnlyList<ActivityNode> Activities, bool IsList = false)
{
    /// <summary>A port of one activity.</summary>
    public EmbeddedPort(ActivityNode activity)
        : this([activity])
    {
    }
}

/// <summary>Node ids: paths of activity ids.</summary>
public static class NodeIds
{
    /// <summary>Id of the activity above the root, which stands for the workflow itself.</summary>
    public const string Workflow = "Workflow1";

    /// <summary>Node id of an activity below another.</summary>
    public static string Join(string parentNodeId, string id) => $"{parentNodeId}:{id}";
}
