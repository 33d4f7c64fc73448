using System.Text.Json;
using Sandbox.Engine.Activities;

namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Connections of flowcharts: their ends, the ports they leave by, and what they do not reach.</summary>
internal sealed class FlowchartRules(ActivityRegistry registry, Findings findings)
{
    public void Check(ActivityNode flowchart)
    {
        if (flowchart.Connections is not { } connections)
        {
            return;
        }

        var activities = new Dictionary<string, ActivityNode>(StringComparer.Ordinal);
        foreach (var activity in flowchart.Activities ?? [])
        {
            activities.TryAdd(activity.Id, activity);
        }

        foreach (var connection in connections)
        {
            CheckEnd(flowchart, connection, connection.SourceActivity, "starts at", activities);
            CheckEnd(flowchart, connection, connection.TargetActivity, "leads to", activities);
            if (activities.TryGetValue(connection.SourceActivity, out var source))
            {
                CheckPort(source, connection);
            }
        }

        WarnUnreached(flowchart, connections);
    }

    private void CheckEnd(
        ActivityNode flowchart, Connection connection, string id, string verb, Dictionary<string, ActivityNode> activities)
    {
        if (!activities.ContainsKey(id))
        {
            findings.Error(
                flowchart,
                $"the connection from \"{connection.SourceActivity}\" to \"{connection.TargetActivity}\" {verb} \"{id}\", which is not in "
                + $"this flowchart; Elsa drops such a connection.{Nearest.Hint(id, activities.Keys)}");
        }
    }

    private void CheckPort(ActivityNode source, Connection connection)
    {
        if (registry.Find(source.Type, source.Version) is not { } descriptor || descriptor.IsTerminal || NamesOwnOutcomes(source, descriptor))
        {
            return;
        }

        var ports = descriptor.FlowPorts(source);
        var port = connection.SourcePort ?? PortDescriptor.Done;
        if (!ports.Contains(port, StringComparer.Ordinal))
        {
            var what = connection.SourcePort is null
                ? $"the connection to \"{connection.TargetActivity}\" names no port"
                : $"the connection to \"{connection.TargetActivity}\" leaves by the port \"{port}\", which does not exist";
            findings.Error(source, $"{what}; the ports are {string.Join(", ", ports)}.{Nearest.Hint(port, ports)}");
        }
    }

    /// <summary>A container that holds <c>Elsa.Complete</c> leaves by whatever that names.</summary>
    private static bool NamesOwnOutcomes(ActivityNode source, ActivityDescriptor descriptor) =>
        descriptor.IsContainer && source.DescendantsAndSelf().Any(activity => activity.Type == "Elsa.Complete");

    private void WarnUnreached(ActivityNode flowchart, IReadOnlyList<Connection> connections)
    {
        var activities = flowchart.Activities ?? [];
        if (activities.Count == 0)
        {
            return;
        }

        var reached = new HashSet<string>(Starts(activities, connections), StringComparer.Ordinal);
        var targets = connections.ToLookup(c => c.SourceActivity, c => c.TargetActivity, StringComparer.Ordinal);
        var open = new Stack<string>(reached);
        while (open.TryPop(out var id))
        {
            foreach (var target in targets[id].Where(reached.Add))
            {
                open.Push(target);
            }
        }

        foreach (var activity in activities.Where(a => a.Id.Length > 0 && !reached.Contains(a.Id)))
        {
            findings.Warning(activity, "it never runs: no connection leads to it from where the flowchart starts.");
        }
    }

    /// <summary>Elsa's rule for where a flowchart starts; a trigger may start it wherever it stands.</summary>
    private IEnumerable<string> Starts(IReadOnlyList<ActivityNode> activities, IReadOnlyList<Connection> connections)
    {
        var inbound = connections.Select(c => c.TargetActivity).ToHashSet(StringComparer.Ordinal);
        var first = activities.FirstOrDefault(a => registry.Find(a.Type, a.Version)?.IsStart == true)
            ?? activities.FirstOrDefault(CanStart)
            ?? activities.FirstOrDefault(a => !inbound.Contains(a.Id))
            ?? activities[0];
        return activities
            .Where(a => registry.Find(a.Type, a.Version)?.Kind == ActivityKind.Trigger && CanStart(a))
            .Append(first).Select(a => a.Id);
    }

    private static bool CanStart(ActivityNode activity) =>
        activity.CustomProperties["canStartWorkflow"]?.GetValueKind() == JsonValueKind.True;
}
