using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Http;
using Sandbox.Server.Work;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Events from outside, for instances that wait for them.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapPost("/events/{eventName}/publish", PublishAsync).WithSummary("Publishes an event.");
        api.MapPost("/events/{eventName}/trigger", PublishAsync).WithSummary("Publishes an event.");
    }

    private static async Task<IResult> PublishAsync(
        string eventName, HttpRequest request, WorkflowRuntime runtime, InstanceWorker worker, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var reached = await runtime.PublishEventAsync(eventName, (body["input"] ?? body["payload"])?.DeepClone(), cancellationToken);
        foreach (var id in reached)
        {
            worker.Signal(id);
        }

        return Json.Answer(new JsonObject { ["workflowInstanceIds"] = Json.Texts(reached) });
    }
}
