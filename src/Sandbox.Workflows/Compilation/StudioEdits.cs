using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;

namespace Sandbox.Workflows.Compilation;

/// <summary>
/// What <c>studio</c> of a sandbox YAML says: <c>workflow</c> (members of the definition), <c>layout</c>, <c>order</c> of
/// the activities in the flowchart's list, <c>activities</c> (members by key), <c>connections</c> (as drawn). It can
/// change how a workflow looks, is named and is set up; which jobs run, the rest of the YAML says.
/// </summary>
internal sealed class StudioEdits(JsonObject? studio)
{
    public const string Workflow = "workflow";
    public const string Order = "order";
    public const string Activities = "activities";
    public const string ConnectionList = "connections";

    private readonly JsonObject _activities = studio?[Activities] as JsonObject ?? [];

    /// <summary>Whether there is an activity that counts iterations: an edited workflow may keep it for a single one.</summary>
    public bool Iterates(SandboxConfig config) => config.MaxIterNum != 1 || _activities.ContainsKey(StudioKeys.Iteration);

    /// <summary>Which sequences hold which jobs.</summary>
    public IReadOnlyList<LayoutItem> Layout(SandboxConfig config) => StudioLayout.Given(studio) is { } given
        ? StudioLayout.Resolve(
            given, [.. config.Pipelines.SelectMany(p => p.Jobs.Select(j => (p.Name, j.Stage, j.Index)))], config.IsSinglePipeline)
        : StudioLayout.Of(config);

    public void ApplyToWorkflow(JsonObject definition)
    {
        if (studio?[Workflow]?.DeepClone() is not JsonObject changes)
        {
            return;
        }

        if (changes["customProperties"] is JsonObject properties)
        {
            changes.Remove("customProperties");
            MemberEdits.Apply(definition["customProperties"]!.AsObject(), properties);
        }

        MemberEdits.Apply(definition, changes);
    }

    public void ApplyTo(string key, JsonObject activity)
    {
        if (_activities[key] is JsonObject changes)
        {
            MemberEdits.Apply(activity, changes);
        }
    }

    /// <summary>The activities of the flowchart in the order of its list, which says nothing about when they run.</summary>
    public IEnumerable<JsonObject> Ordered(IReadOnlyList<(string Key, JsonObject Node)> nodes)
    {
        var order = (studio?[Order] as JsonArray ?? []).Select(k => k?.ToString()).ToList();
        return nodes.OrderBy(n => order.IndexOf(n.Key) is >= 0 and var place ? place : int.MaxValue).Select(n => n.Node);
    }

    /// <summary>The connections, those that were drawn in Studio as they were drawn.</summary>
    public JsonArray Connections(IReadOnlyList<FlowEdge> edges, IReadOnlyDictionary<string, string> ids)
    {
        var left = edges.ToList();
        var connections = new JsonArray();
        foreach (var drawn in (studio?[ConnectionList] as JsonArray ?? []).OfType<JsonObject>())
        {
            var edge = EdgeOf(drawn);
            if (left.Remove(edge))
            {
                var connection = (JsonObject)drawn.DeepClone();
                connection["source"]!["activity"] = ids[edge.Source];
                connection["target"]!["activity"] = ids[edge.Target];
                connections.Add((JsonNode)connection);
            }
        }

        foreach (var edge in left)
        {
            connections.Add((JsonNode)ActivityJson.Connection(ids[edge.Source], edge.Port, ids[edge.Target]));
        }

        return connections;
    }

    private static FlowEdge EdgeOf(JsonObject drawn) => new(
        Member(drawn, "source", "activity") ?? string.Empty,
        Member(drawn, "source", "port") ?? FlowEdges.Done,
        Member(drawn, "target", "activity") ?? string.Empty);

    private static string? Member(JsonObject drawn, string end, string name) => (drawn[end] as JsonObject)?[name]?.ToString();
}
