using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Instances: cancelled, deleted, and their variables set.</summary>
internal static class InstanceChanges
{
    public static void MapInstanceChanges(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Edit);
        api.MapPost("/cancel/workflow-instances/{id}", CancelAsync).WithSummary("Cancels an instance.").Asks(AccessScopes.Run);
        api.MapPost("/bulk-actions/cancel/workflow-instances", BulkCancelAsync).WithSummary("Cancels instances by id, by version or by definition.").Asks(AccessScopes.Run);
        api.MapDelete("/workflow-instances/{id}", DeleteAsync).WithSummary("Deletes an instance that nobody works.");
        api.MapPost("/bulk-actions/delete/workflow-instances", BulkDeleteAsync).WithSummary("Deletes instances.");
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", BulkDeleteAsync).WithSummary("Deletes instances.");
        api.MapPost("/workflow-instances/{id}/variables", SetVariablesAsync).WithSummary("Sets variables of an instance that nobody works.");
    }

    private static async Task<IResult> CancelAsync(
        string id, WorkflowRuntime runtime, InstanceQueries instances, CancellationToken cancellationToken)
    {
        await InstanceEndpoints.FindAsync(instances, id, cancellationToken);
        await runtime.CancelAsync(id, cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> BulkCancelAsync(
        HttpRequest request, WorkflowRuntime runtime, InstanceQueries instances, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var ids = body.Texts("ids");
        var (versionId, definitionId) = (body.Text("definitionVersionId"), body.Text("definitionId"));
        if (ids is null && versionId is null && definitionId is null)
        {
            throw ProblemException.Bad("Which instances? Give ids, definitionVersionId or definitionId.");
        }

        if (definitionId is not null && body.Text("versionOptions") is { Length: > 0 } word && VersionOptions.TryParse(word, out var versions))
        {
            versionId = (await definitions.FindAsync(definitionId, versions, cancellationToken))?.Id ?? "none";
        }

        var filter = new InstanceFilter
        {
            Ids = ids,
            DefinitionVersionIds = versionId is null ? null : [versionId],
            DefinitionIds = definitionId is null ? null : [definitionId],
            Statuses = [WorkflowStatus.Running],
        };
        var page = await instances.ListAsync(filter, cancellationToken);
        foreach (var instance in page.Items)
        {
            await runtime.CancelAsync(instance.Id, cancellationToken);
        }

        return Json.Answer(new JsonObject { ["cancelledCount"] = page.TotalCount });
    }

    private static async Task<IResult> DeleteAsync(string id, RunRemoval removal, CancellationToken cancellationToken) =>
        await removal.DeleteAsync(id, cancellationToken) ? Results.NoContent() : throw ProblemException.NotFound("workflow instance", id);

    private static async Task<IResult> BulkDeleteAsync(
        HttpRequest request, RunRemoval removal, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var ids = body.Texts("ids");
        var definitions = body.Texts("workflowDefinitionIds") ?? (body.Text("workflowDefinitionId") is { } one ? [one] : null);
        if (ids is null && definitions is null)
        {
            throw ProblemException.Bad("Which instances? Give ids, workflowDefinitionId or workflowDefinitionIds.");
        }

        var page = await instances.ListAsync(new InstanceFilter { Ids = ids, DefinitionIds = definitions }, cancellationToken);
        var deleted = 0;
        foreach (var instance in page.Items)
        {
            deleted += await removal.DeleteAsync(instance.Id, cancellationToken) ? 1 : 0;
        }

        return Json.Answer(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> SetVariablesAsync(
        string id, HttpRequest request, WorkflowRuntime runtime, InstanceQueries instances, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var instance = await InstanceEndpoints.FindAsync(instances, id, cancellationToken);
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var values = new JsonObject();
        foreach (var item in body["variables"] as JsonArray ?? throw ProblemException.Bad("\"variables\" must be a list of {id, value}."))
        {
            var variable = item as JsonObject ?? throw ProblemException.Bad("A variable must be an object of id and value.");
            values[variable.Text("id") ?? throw ProblemException.Bad("A variable needs its id.")] = variable["value"]?.DeepClone();
        }

        try
        {
            await runtime.SetVariablesAsync(id, values, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw ProblemException.Conflict(e.Message);
        }

        return await InstanceEndpoints.ValuesAsync(instance, instances, definitions, cancellationToken);
    }
}
