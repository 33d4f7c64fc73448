using System.Text.Json.Nodes;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Retries of faulted activities, which Elsa counts among its alterations.</summary>
internal static class AlterationEndpoints
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static void MapAlterations(this IEndpointRouteBuilder api) =>
        api.MapMethods("/alterations/workflows/retry", Methods, (Func<HttpRequest, WorkflowRuntime, InstanceQueries, InstanceWorker, CancellationToken, Task<IResult>>)RetryAsync).Asks(AccessScopes.Run).WithSummary("Gives faulted activities of instances another try.");

    private static async Task<IResult> RetryAsync(
        HttpRequest request, WorkflowRuntime runtime, InstanceQueries instances, InstanceWorker worker, CancellationToken cancellationToken)
    {
        var body = request.Method == "GET" ? [] : await JsonBody.ReadAsync(request, cancellationToken);
        var ids = request.Texts("workflowInstanceIds") ?? body.Texts("workflowInstanceIds")
            ?? throw ProblemException.Bad("\"workflowInstanceIds\" is missing.");
        var activities = request.Texts("activityIds") ?? body.Texts("activityIds");
        var results = new List<JsonNode>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal).Take(1000))
        {
            await InstanceEndpoints.FindAsync(instances, id, cancellationToken);
            results.Add(await RetryAsync(id, activities, runtime, instances, cancellationToken));
            worker.Signal(id);
        }

        return Json.Answer(new JsonObject { ["results"] = new JsonArray([.. results]) });
    }

    private static async Task<JsonObject> RetryAsync(
        string id, IReadOnlyList<string>? activities, WorkflowRuntime runtime, InstanceQueries instances, CancellationToken cancellationToken)
    {
        try
        {
            if (activities is null or { Count: 0 })
            {
                await runtime.RetryAsync(id, jobId: null, fromScratch: false, cancellationToken);
            }

            var faulted = await instances.IncidentsAsync(id, cancellationToken);
            foreach (var incident in faulted.Where(i => activities?.Contains(i.ActivityId, StringComparer.Ordinal) == true))
            {
                await runtime.RetryAsync(id, incident.ActivityInstanceId, fromScratch: false, cancellationToken);
            }

            return Result(id, isSuccessful: true, null);
        }
        catch (Exception e) when (e is InvalidOperationException or InstanceBusyException)
        {
            return Result(id, isSuccessful: false, e.Message);
        }
    }

    private static JsonObject Result(string id, bool isSuccessful, string? message) => new()
    {
        ["workflowInstanceId"] = id,
        ["isSuccessful"] = isSuccessful,
        ["hasWorkflowScheduledWork"] = isSuccessful,
        ["log"] = new JsonObject
        {
            ["logEntries"] = new JsonArray(message is null ? [] : [new JsonObject { ["message"] = message, ["logLevel"] = "Error" }]),
        },
    };
}
