using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Instances: lists and single ones.</summary>
internal static class InstanceEndpoints
{
    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapPost("/workflow-instances", ListAsync).WithSummary("Lists workflow instances.");
        api.MapGet("/workflow-instances", ListAsync).WithSummary("Lists workflow instances.");
        api.MapGet("/workflow-instances/{id}", GetAsync).WithSummary("An instance with its state.");
        api.MapGet("/workflow-instances/{id}/execution-state", StateAsync).WithSummary("Where an instance stands.");
        api.MapGet("/workflow-instances/{id}/variables", VariablesAsync).WithSummary("The values of an instance's variables.");
    }

    private static async Task<IResult> ListAsync(HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var body = request.Method == "GET" ? InstanceFilters.FromQuery(request) : await JsonBody.ReadAsync(request, cancellationToken);
        var page = await instances.ListAsync(InstanceFilters.Read(body), cancellationToken);
        return Json.Page(page.Items.Select(InstanceModel.Summary), page.TotalCount);
    }

    private static async Task<IResult> GetAsync(string id, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(instances, id, cancellationToken);
        var state = await instances.StateAsync(id, cancellationToken) ?? throw ProblemException.NotFound("workflow instance", id);
        return Json.Answer(InstanceModel.Full(instance, state));
    }

    private static async Task<IResult> StateAsync(string id, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(instances, id, cancellationToken);
        return Json.Answer(new JsonObject
        {
            ["status"] = instance.Status.ToString(),
            ["subStatus"] = instance.SubStatus.ToString(),
            ["updatedAt"] = instance.UpdatedAt,
        });
    }

    private static async Task<IResult> VariablesAsync(
        string id, InstanceQueries instances, DefinitionStore definitions, CancellationToken cancellationToken) =>
        await ValuesAsync(await FindAsync(instances, id, cancellationToken), instances, definitions, cancellationToken);

    /// <summary>The variables of an instance with their values.</summary>
    public static async Task<IResult> ValuesAsync(
        InstanceInfo instance, InstanceQueries instances, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var values = await instances.VariablesAsync(instance.Id, cancellationToken);
        var definition = await definitions.FindByVersionIdAsync(instance.DefinitionVersionId, cancellationToken);
        return Json.List((definition?.Variables ?? []).Select(v => new JsonObject
        {
            ["id"] = v.Id,
            ["name"] = v.Name,
            ["value"] = values[v.Id]?.DeepClone(),
        }));
    }

    /// <summary>An instance that must be there.</summary>
    public static async Task<InstanceInfo> FindAsync(InstanceQueries instances, string id, CancellationToken cancellationToken) =>
        await instances.GetAsync(id, cancellationToken) ?? throw ProblemException.NotFound("workflow instance", id);
}
