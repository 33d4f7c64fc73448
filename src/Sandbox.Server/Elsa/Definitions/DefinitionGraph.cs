using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Where an activity stands in a definition, for an editor that shows one container at a time.</summary>
internal static class DefinitionGraph
{
    public static void MapDefinitionGraph(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapGet("/workflow-definitions/subgraph/{id}", SubgraphAsync).WithSummary("An activity of a version with all inside it.");
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", SegmentsAsync).WithSummary("The way from the root to an activity.");
    }

    private static async Task<IResult> SubgraphAsync(string id, HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var definition = await DefinitionReads.VersionAsync(store, id, cancellationToken);
        var nodeId = request.Text("parentNodeId");
        var node = nodeId is null ? definition.Root : Way(definition.Root, nodeId)?[^1];
        return Json.Answer(Node(node ?? throw ProblemException.NotFound("activity", nodeId!)));
    }

    private static async Task<IResult> SegmentsAsync(string id, HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var definition = await DefinitionReads.VersionAsync(store, id, cancellationToken);
        var nodeId = request.Text("childNodeId") ?? throw ProblemException.Bad("childNodeId is missing.");
        var way = Way(definition.Root, nodeId) ?? throw ProblemException.NotFound("activity", nodeId);
        var container = way.Count > 1 ? way[^2] : way[^1];
        return Json.Answer(new JsonObject
        {
            ["childNode"] = Node(way[^1]),
            ["container"] = Node(container),
            // The root is shown without a segment of its own.
            ["pathSegments"] = new JsonArray([.. way.Skip(1).SkipLast(1).Select(Segment)]),
        });
    }

    private static JsonObject Segment(ActivityNode node) => new()
    {
        ["activityNodeId"] = node.NodeId,
        ["activityId"] = node.Id,
        ["activityType"] = node.Type,
        ["portName"] = node.Activities is null && node.Ports.Count > 0 ? Pascal(node.Ports.Keys.First()) : "__self",
    };

    private static JsonObject Node(ActivityNode node) => new()
    {
        ["activity"] = DefinitionJson.WriteActivity(node),
        ["port"] = null,
        ["nodeId"] = node.NodeId,
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. node.Children().Select(Node)]),
    };

    private static List<ActivityNode>? Way(ActivityNode from, string nodeId)
    {
        var way = new List<ActivityNode> { from };
        while (way[^1].NodeId != nodeId)
        {
            var next = way[^1].Children().FirstOrDefault(
                c => c.NodeId == nodeId || nodeId.StartsWith($"{c.NodeId}:", StringComparison.Ordinal));
            if (next is null)
            {
                return null;
            }

            way.Add(next);
        }

        return way;
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
