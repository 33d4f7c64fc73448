using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Executions;

/// <summary>Executions of activities: records, summaries, statistics, call stacks.</summary>
internal static class ExecutionEndpoints
{
    public static void MapExecutions(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapGet("/activity-executions/list", (HttpRequest r, InstanceQueries i, CancellationToken c) => ListAsync(r, i, ExecutionModel.Record, c))
            .WithSummary("Executions of an instance's activities, oldest first.");
        api.MapGet("/activity-execution-summaries/list", (HttpRequest r, InstanceQueries i, CancellationToken c) => ListAsync(r, i, ExecutionModel.Summary, c))
            .WithSummary("The same without inputs and outputs.");
        api.MapGet("/activity-executions/by-id", (HttpRequest r, InstanceQueries i, CancellationToken c) =>
            GetAsync(r.Text("id") ?? throw ProblemException.Bad("id is missing."), i, c)).WithSummary("An execution.");
        api.MapGet("/activity-executions/{id}", GetAsync).WithSummary("An execution.");
        api.MapGet("/activity-executions/count", CountAsync).WithSummary("How many executions there are.");
        api.MapPost("/activity-executions/report", ReportAsync).WithSummary("What became of activities of an instance.");
        api.MapGet("/activity-executions/{id}/call-stack", CallStackAsync).WithSummary("The executions that led to one, outermost first.");
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, InstanceQueries instances, Func<ActivityExecutionInfo, JsonObject> write, CancellationToken cancellationToken)
    {
        var instanceId = request.Text("workflowInstanceId") ?? throw ProblemException.Bad("workflowInstanceId is missing.");
        var executions = await instances.ExecutionsAsync(instanceId, request.Text("activityNodeId"), cancellationToken);
        var isCompleted = request.Flag("completed");
        return Json.List(executions.Where(e => isCompleted is null || isCompleted == e.CompletedAt is not null).Select(write));
    }

    private static async Task<IResult> GetAsync(string id, InstanceQueries instances, CancellationToken cancellationToken) =>
        Json.Answer(ExecutionModel.Record(await FindAsync(instances, id, cancellationToken)));

    private static async Task<IResult> CountAsync(HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken) =>
        Json.Answer(new JsonObject
        {
            ["count"] = await instances.CountExecutionsAsync(
                request.Text("workflowInstanceId"), request.Text("activityId"), request.Flag("completed"), cancellationToken),
        });

    private static async Task<IResult> ReportAsync(HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var instanceId = body.Text("workflowInstanceId") ?? throw ProblemException.Bad("\"workflowInstanceId\" is missing.");
        var stats = await instances.StatsAsync(instanceId, body.Texts("activityNodeIds"), cancellationToken);
        return Json.Answer(new JsonObject { ["stats"] = new JsonArray([.. stats.Select(ExecutionModel.Stats)]) });
    }

    private static async Task<IResult> CallStackAsync(string id, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var stack = new Stack<JsonNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = await FindAsync(instances, id, cancellationToken); at is not null && seen.Add(at.Id);)
        {
            stack.Push(ExecutionModel.Record(at));
            at = at.ParentId is { } parent ? await instances.ExecutionAsync(parent, cancellationToken) : null;
        }

        return Json.Answer(new JsonObject
        {
            ["activityExecutionId"] = id,
            ["items"] = new JsonArray([.. stack]),
            ["totalCount"] = stack.Count,
        });
    }

    private static async Task<ActivityExecutionInfo> FindAsync(InstanceQueries instances, string id, CancellationToken cancellationToken) =>
        await instances.ExecutionAsync(id, cancellationToken) ?? throw ProblemException.NotFound("activity execution", id);
}
