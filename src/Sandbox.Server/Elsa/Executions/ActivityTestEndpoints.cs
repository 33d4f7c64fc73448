using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Elsa.Executions;

/// <summary>Tries one activity of a definition by itself: in a workflow of its own, of which nothing is kept but what it
/// published.</summary>
internal static class ActivityTestEndpoints
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static void MapActivityTests(this IEndpointRouteBuilder api) =>
        api.MapPost("/tests/activities", TestAsync).Asks(AccessScopes.Run).WithSummary("Runs one activity of a definition by itself.");

    private static async Task<IResult> TestAsync(
        HttpRequest request, DefinitionStore store, RunLauncher launcher, InstanceQueries instances, WorkflowRuntime runtime, RunRemoval removal, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var definition = await DefinitionAsync(body.Map("workflowDefinitionHandle") ?? [], store, cancellationToken);
        var handle = body.Map("activityHandle") ?? [];
        var (id, nodeId) = (handle.Text("activityId"), handle.Text("activityNodeId"));
        var node = definition.Root.DescendantsAndSelf().FirstOrDefault(n => n.Id == id || n.NodeId == nodeId)
            ?? throw ProblemException.NotFound("activity", id ?? nodeId ?? string.Empty);
        var saved = (await store.SaveAsync(new SaveDefinition(Alone(definition, node)), cancellationToken)).Definition;
        string? runId = null;
        try
        {
            runId = await launcher.StartAsync(saved, new LaunchRequest { Name = $"Test of {node.Id}" }, cancellationToken);
            return Json.Answer(await ResultAsync(runId, node.Id, instances, time, cancellationToken));
        }
        catch (DefinitionInvalidException e)
        {
            return Json.Answer(Failed(string.Join('\n', e.Faults.Select(f => f.Message))));
        }
        finally
        {
            await RemoveAsync(saved, runId, store, runtime, removal, time);
        }
    }

    private static async Task<WorkflowDefinition> DefinitionAsync(JsonObject handle, DefinitionStore store, CancellationToken cancellationToken) =>
        (handle.Text("definitionVersionId") is { } versionId
            ? await store.FindByVersionIdAsync(versionId, cancellationToken)
            : await store.FindAsync(handle.Text("definitionId") ?? string.Empty, VersionOptions.Latest, cancellationToken))
        ?? throw ProblemException.NotFound("workflow definition version", handle.Text("definitionVersionId") ?? handle.Text("definitionId") ?? string.Empty);

    private static WorkflowDefinition Alone(WorkflowDefinition definition, ActivityNode node)
    {
        var json = DefinitionJson.Write(definition);
        json["id"] = string.Empty;
        json["definitionId"] = $"test-{Engine.EngineIds.New()}";
        json["name"] = $"Test of {node.Id}";
        json["isSystem"] = true;
        json["root"] = new JsonObject
        {
            ["id"] = "test", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = new JsonArray(DefinitionJson.WriteActivity(node)), ["connections"] = new JsonArray(),
        };
        return DefinitionJson.Read(json);
    }

    private static async Task<JsonObject> ResultAsync(
        string runId, string activityId, InstanceQueries instances, TimeProvider time, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + LongestWait;
        while (time.GetUtcNow() < until && await instances.GetAsync(runId, cancellationToken) is { Status: WorkflowStatus.Running })
        {
            await Task.Delay(LookInterval, time, cancellationToken);
        }

        var execution = (await instances.ExecutionsAsync(runId, null, cancellationToken)).LastOrDefault(e => e.ActivityId == activityId);
        if (execution is null)
        {
            return Failed("It was not reached.");
        }

        var record = ExecutionModel.Record(execution);
        return new JsonObject
        {
            ["activityState"] = record["activityState"]!.DeepClone(),
            ["payload"] = record["payload"]!.DeepClone(),
            ["outputs"] = record["outputs"]!.DeepClone(),
            ["exception"] = record["exception"]?.DeepClone(),
            ["status"] = record["status"]!.DeepClone(),
        };
    }

    private static JsonObject Failed(string message) => new()
    {
        ["activityState"] = new JsonObject(),
        ["payload"] = null,
        ["outputs"] = new JsonObject(),
        ["exception"] = new JsonObject { ["type"] = "System.InvalidOperationException", ["message"] = message, ["stackTrace"] = null, ["innerException"] = null },
        ["status"] = "Faulted",
    };

    // Whoever works the run lets go of it a moment after it has ended.
    private static async Task RemoveAsync(
        WorkflowDefinition definition, string? runId, DefinitionStore store, WorkflowRuntime runtime, RunRemoval removal, TimeProvider time)
    {
        if (runId is not null)
        {
            await runtime.CancelAsync(runId, CancellationToken.None);
        }

        for (var until = time.GetUtcNow() + TimeSpan.FromSeconds(30); runId is not null && time.GetUtcNow() < until;)
        {
            try
            {
                await removal.DeleteAsync(runId, CancellationToken.None);
                runId = null;
            }
            catch (InstanceBusyException)
            {
                await Task.Delay(LookInterval, time);
            }
        }

        await store.DeleteAsync(definition.DefinitionId, CancellationToken.None);
    }
}
