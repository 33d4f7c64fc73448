using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Triggers;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Events from outside, for instances that wait for them.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Run);
        api.MapPost("/events/{eventName}/publish", PublishAsync).WithSummary("Publishes an event.");
        api.MapPost("/events/{eventName}/trigger", PublishAsync).WithSummary("Publishes an event.");
    }

    private static async Task<IResult> PublishAsync(
        string eventName, HttpRequest request, WorkflowRuntime runtime, InstanceWorker worker, TriggerStore triggers, DefinitionStore definitions,
        RunLauncher launcher, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var payload = body["input"] ?? body["payload"];
        var reached = await runtime.PublishEventAsync(eventName, payload?.DeepClone(), cancellationToken);
        foreach (var id in reached)
        {
            worker.Signal(id);
        }

        var started = new List<string>();
        foreach (var trigger in await triggers.FindAsync(WorkflowRuntime.EventHash(eventName), cancellationToken))
        {
            if (await definitions.FindByVersionIdAsync(trigger.DefinitionVersionId, cancellationToken) is { } definition)
            {
                var launch = new LaunchRequest { TriggerActivityId = trigger.ActivityId, TriggerInput = payload?.DeepClone() };
                started.Add(await launcher.StartAsync(definition, launch, cancellationToken));
            }
        }

        return Json.Answer(new JsonObject { ["workflowInstanceIds"] = Json.Texts([.. reached, .. started]) });
    }
}
