using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Activities;

/// <summary>
/// The connections of a flowchart, looked at once. A connection that closes a cycle, seen depth first from the start,
/// is a back-edge: it begins another round of a loop. All others are forward; along them nothing comes back, so two
/// merges never wait for each other.
/// </summary>
internal sealed class FlowGraph
{
    private readonly Dictionary<string, List<FlowEdge>> _outbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _forwardInbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _reachable = new(StringComparer.Ordinal);

    private FlowGraph(IReadOnlyList<ActivityGraphNode> activities)
    {
        foreach (var activity in activities)
        {
            Nodes[activity.Id] = activity;
            _outbound[activity.Id] = [];
        }
    }

    public Dictionary<string, ActivityGraphNode> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the flowchart starts; null where it is empty.</summary>
    public ActivityGraphNode? Start { get; private set; }

    public static FlowGraph Build(IReadOnlyList<ActivityGraphNode> activities, IReadOnlyList<Connection> connections)
    {
        var graph = new FlowGraph(activities);
        for (var i = 0; i < connections.Count; i++)
        {
            // Publishing refuses dangling connections; Elsa drops them, and so does an instance of an older version.
            var c = connections[i];
            if (graph._outbound.TryGetValue(c.SourceActivity, out var list) && graph.Nodes.ContainsKey(c.TargetActivity))
            {
                list.Add(new FlowEdge(i, string.IsNullOrEmpty(c.SourcePort) ? "Done" : c.SourcePort, c.TargetActivity));
            }
        }

        graph.Start = FlowStart.Find(activities, connections);
        if (graph.Start is not null)
        {
            graph.MarkBackEdges(graph.Start.Id);
            foreach (var trigger in activities.Where(a => FlowStart.CanStart(a.Definition) && !graph.Walk(graph.Start.Id).Contains(a.Id) && a != graph.Start))
            {
                graph.MarkBackEdges(trigger.Id);
            }

            graph.CountForwardInbound();
        }

        return graph;
    }

    public IReadOnlyList<FlowEdge> Outbound(string id) => _outbound[id];

    /// <summary>How many forward connections lead to an activity from activities that the start reaches.</summary>
    public int ForwardInbound(string id) => _forwardInbound.GetValueOrDefault(id);

    /// <summary>Whether a token at <paramref name="from"/> can still come to <paramref name="to"/> in this round.</summary>
    public bool Reaches(string from, string to)
    {
        lock (_reachable)
        {
            if (!_reachable.TryGetValue(from, out var targets))
            {
                _reachable.Add(from, targets = Walk(from));
            }

            return targets.Contains(to);
        }
    }

    private HashSet<string> Walk(string from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var id))
        {
            foreach (var edge in _outbound[id])
            {
                if (!edge.IsBack && seen.Add(edge.Target))
                {
                    open.Push(edge.Target);
                }
            }
        }

        return seen;
    }

    /// <summary>Depth first with a stack of its own: a flowchart may be a chain of thousands.</summary>
    private void MarkBackEdges(string start)
    {
        var onPath = new HashSet<string>(StringComparer.Ordinal) { start };
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var path = new Stack<(string Id, int Next)>([(start, 0)]);
        while (path.TryPop(out var at))
        {
            if (at.Next == _outbound[at.Id].Count)
            {
                onPath.Remove(at.Id);
                continue;
            }

            path.Push((at.Id, at.Next + 1));
            var edge = _outbound[at.Id][at.Next];
            edge.IsBack = onPath.Contains(edge.Target);
            if (seen.Add(edge.Target))
            {
                onPath.Add(edge.Target);
                path.Push((edge.Target, 0));
            }
        }
    }

    private void CountForwardInbound()
    {
        var reached = Walk(Start!.Id);
        reached.Add(Start.Id);
        foreach (var edge in reached.SelectMany(id => _outbound[id]).Where(edge => !edge.IsBack))
        {
            _forwardInbound[edge.Target] = ForwardInbound(edge.Target) + 1;
        }
    }
}

/// <summary>A connection as its source sees it.</summary>
/// <param name="index">Its place in the definition's list.</param>
/// <param name="port">The outcome that follows it.</param>
/// <param name="target">The activity it leads to.</param>
internal sealed class FlowEdge(int index, string port, string target)
{
    public int Index { get; } = index;

    public string Port { get; } = port;

    public string Target { get; } = target;

    /// <summary>Whether it begins another round of a loop.</summary>
    public bool IsBack { get; set; }
}
