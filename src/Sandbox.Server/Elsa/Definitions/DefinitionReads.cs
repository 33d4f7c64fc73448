using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Definitions: lists and single ones.</summary>
internal static class DefinitionReads
{
    public static void MapDefinitionReads(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapGet("/workflow-definitions", ListAsync).WithSummary("Lists versions of workflow definitions.");
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", GetAsync).WithSummary("The latest version, or another one, of a definition.");
        api.MapGet("/workflow-definitions/{definitionId}", GetAsync).WithSummary("The latest version, or another one, of a definition.");
        api.MapGet("/workflow-definitions/by-id/{id}", GetVersionAsync).WithSummary("A version by its own id.");
        api.MapGet("/workflow-definitions/many-by-id", GetManyAsync).WithSummary("Versions by their own ids.");
        api.MapGet("/workflow-definitions/query/count", CountAsync).WithSummary("How many definitions there are.");
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUniqueAsync).WithSummary("Whether no other definition bears a name.");
        api.MapGet("/workflow-definitions/{definitionId}/versions", VersionsAsync).WithSummary("All versions of a definition, newest first.");
        api.MapGet("/workflow-definitions/{definitionId}/consumers", ConsumersAsync).WithSummary("Definitions that use this one as an activity: none, here.");
    }

    private static async Task<IResult> ListAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var (skip, take) = request.Page();
        var page = await store.ListAsync(
            new DefinitionFilter
            {
                Versions = request.Versions(VersionOptions.AllVersions),
                DefinitionIds = request.Texts("definitionIds"),
                VersionIds = request.Texts("ids"),
                SearchTerm = request.Text("searchTerm"),
                IsSystem = request.Flag("isSystem"),
                OrderBy = request.Text("orderBy") is { } order ? JsonFields.Name<DefinitionOrder>("orderBy", order) : DefinitionOrder.Created,
                Descending = string.Equals(request.Text("orderDirection"), "Descending", StringComparison.OrdinalIgnoreCase),
                Skip = skip,
                Take = take,
            },
            cancellationToken);
        return Json.Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. page.Items.Select(DefinitionModel.Summary)]),
            ["totalCount"] = page.TotalCount,
            ["links"] = new JsonArray(
                DefinitionModel.Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
                DefinitionModel.Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
                DefinitionModel.Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete", "POST")),
        });
    }

    private static async Task<IResult> GetAsync(
        string definitionId, HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var definition = await store.FindAsync(definitionId, request.Versions(VersionOptions.Latest), cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(DefinitionModel.WriteForEditor(definition, EditToken.NewSession()));
    }

    private static async Task<IResult> GetVersionAsync(string id, DefinitionStore store, CancellationToken cancellationToken) =>
        Json.Answer(DefinitionModel.Write(await VersionAsync(store, id, cancellationToken)));

    private static async Task<IResult> GetManyAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var found = new List<JsonNode>();
        foreach (var id in (request.Texts("ids") ?? []).Distinct(StringComparer.Ordinal).Take(1000))
        {
            if (await store.FindByVersionIdAsync(id, cancellationToken) is { } definition)
            {
                found.Add(DefinitionModel.Write(definition));
            }
        }

        return Json.List(found);
    }

    private static async Task<IResult> CountAsync(DefinitionStore store, CancellationToken cancellationToken) =>
        Json.Answer(new JsonObject { ["count"] = await store.CountAsync(cancellationToken) });

    private static async Task<IResult> IsNameUniqueAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var name = request.Text("name") ?? throw ProblemException.Bad("name is missing.");
        return Json.Answer(new JsonObject
        {
            ["isUnique"] = await store.IsNameUniqueAsync(name, request.Text("definitionId"), cancellationToken),
        });
    }

    private static async Task<IResult> VersionsAsync(string definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(
            new DefinitionFilter
            {
                Versions = VersionOptions.AllVersions,
                DefinitionIds = [definitionId],
                OrderBy = DefinitionOrder.Version,
                Descending = true,
                Take = QueryFields.MostRows,
            },
            cancellationToken);
        return page.TotalCount == 0
            ? throw ProblemException.NotFound("workflow definition", definitionId)
            : Json.Answer(new JsonArray([.. page.Items.Select(DefinitionModel.Summary)]));
    }

    private static async Task<IResult> ConsumersAsync(string definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        _ = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray() });
    }

    /// <summary>A version by its id.</summary>
    public static async Task<WorkflowDefinition> VersionAsync(DefinitionStore store, string id, CancellationToken cancellationToken) =>
        await store.FindByVersionIdAsync(id, cancellationToken) ?? throw ProblemException.NotFound("workflow definition version", id);
}
