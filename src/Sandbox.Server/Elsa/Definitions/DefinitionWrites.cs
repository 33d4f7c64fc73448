using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Definitions: saved, published, retracted, rolled back and deleted.</summary>
internal static class DefinitionWrites
{
    public static void MapDefinitionWrites(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Edit);
        api.MapPost("/workflow-definitions", SaveAsync).WithSummary("Saves a draft, or publishes. A stale save is refused and kept beside the latest version.");
        api.MapPost("/workflow-definitions/{definitionId}/publish", PublishAsync).WithSummary("Publishes the latest version.");
        api.MapPost("/workflow-definitions/{definitionId}/retract", RetractAsync).WithSummary("Takes back the publication.");
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync).WithSummary("Makes an earlier version the latest again, as a new draft.");
        api.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateReferencesAsync).WithSummary("Brings users of a definition to its latest version: there are none, here.");
        api.MapDelete("/workflow-definitions/{definitionId}", DeleteAsync).WithSummary("Deletes all versions of a definition.");
        api.MapDelete("/workflow-definitions/{definitionId}/version/{version:int}", DeleteNumberAsync).WithSummary("Deletes a version by its number.");
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersionAsync).WithSummary("Deletes a version by its id.");
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", BulkDeleteAsync).WithSummary("Deletes definitions.");
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-ids", BulkDeleteAsync).WithSummary("Deletes definitions.");
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", BulkDeleteVersionsAsync).WithSummary("Deletes versions.");
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", BulkPublishAsync).WithSummary("Publishes definitions.");
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", BulkRetractAsync).WithSummary("Retracts definitions.");
    }

    private static async Task<IResult> SaveAsync(HttpRequest request, DefinitionStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var model = body.Map("model") ?? throw ProblemException.Bad("\"model\" is missing.");
        InputTypes.Complete(model["root"], registry);
        var (definition, token) = DefinitionModel.Read(model);
        var session = token?.Session ?? EditToken.NewSession();
        var saved = await store.SaveAsync(
            new SaveDefinition(definition)
            {
                Publish = body.Flag("publish") ?? false,
                EditSession = session,
                ExpectedHash = token?.Hash,
                KeepsLoser = true,
            },
            cancellationToken);
        return Json.Answer(Saved(saved, session));
    }

    private static async Task<IResult> PublishAsync(string definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        var saved = await store.PublishAsync(definitionId, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(Saved(saved, EditToken.NewSession()));
    }

    private static async Task<IResult> RetractAsync(string definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        var retracted = await store.RetractAsync(definitionId, cancellationToken);
        var latest = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(DefinitionModel.WriteForEditor(retracted ?? latest, EditToken.NewSession()));
    }

    private static async Task<IResult> RevertAsync(
        string definitionId, int version, DefinitionStore store, CancellationToken cancellationToken)
    {
        var earlier = await NumberAsync(store, definitionId, version, cancellationToken);
        var saved = await store.SaveAsync(new SaveDefinition(earlier with { Id = string.Empty }), cancellationToken);
        return Json.Answer(DefinitionModel.Write(saved.Definition), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateReferencesAsync(
        string definitionId, DefinitionStore store, CancellationToken cancellationToken)
    {
        _ = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(new JsonObject { ["affectedWorkflows"] = new JsonArray() });
    }

    private static async Task<IResult> DeleteAsync(string definitionId, DefinitionStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(definitionId, cancellationToken)
            ? Results.NoContent()
            : throw ProblemException.NotFound("workflow definition", definitionId);

    private static async Task<IResult> DeleteNumberAsync(
        string definitionId, int version, DefinitionStore store, CancellationToken cancellationToken)
    {
        var found = await NumberAsync(store, definitionId, version, cancellationToken);
        await store.DeleteVersionAsync(found.Id, cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> DeleteVersionAsync(string id, DefinitionStore store, CancellationToken cancellationToken) =>
        await store.DeleteVersionAsync(id, cancellationToken)
            ? Results.NoContent()
            : throw ProblemException.NotFound("workflow definition version", id);

    private static Task<IResult> BulkDeleteAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken) =>
        DeleteManyAsync(request, "definitionIds", store.DeleteAsync, cancellationToken);

    private static Task<IResult> BulkDeleteVersionsAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken) =>
        DeleteManyAsync(request, "ids", store.DeleteVersionAsync, cancellationToken);

    private static async Task<IResult> DeleteManyAsync(
        HttpRequest request, string member, Func<string, CancellationToken, Task<bool>> delete, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var id in await IdsAsync(request, member, cancellationToken))
        {
            deleted += await delete(id, cancellationToken) ? 1 : 0;
        }

        return Json.Answer(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> BulkPublishAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var (published, already, unknown) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var id in await IdsAsync(request, "definitionIds", cancellationToken))
        {
            var saved = await store.PublishAsync(id, cancellationToken);
            (saved is null ? unknown : saved.AlreadyPublished ? already : published).Add(id);
        }

        return Json.Answer(new JsonObject
        {
            ["published"] = Json.Texts(published),
            ["alreadyPublished"] = Json.Texts(already),
            ["notFound"] = Json.Texts(unknown),
            ["updatedConsumers"] = new JsonArray(),
        });
    }

    private static async Task<IResult> BulkRetractAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var (retracted, already, unknown) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var id in await IdsAsync(request, "definitionIds", cancellationToken))
        {
            if (await store.RetractAsync(id, cancellationToken) is not null)
            {
                retracted.Add(id);
            }
            else
            {
                var isKnown = await store.FindAsync(id, VersionOptions.Latest, cancellationToken) is not null;
                (isKnown ? already : unknown).Add(id);
            }
        }

        return Json.Answer(new JsonObject
        {
            ["retracted"] = Json.Texts(retracted),
            ["alreadyRetracted"] = Json.Texts(already),
            ["notFound"] = Json.Texts(unknown),
        });
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpRequest request, string member, CancellationToken cancellationToken) =>
        (await JsonBody.ReadAsync(request, cancellationToken)).Texts(member) ?? throw ProblemException.Bad($"\"{member}\" is missing.");

    private static async Task<WorkflowDefinition> NumberAsync(
        DefinitionStore store, string definitionId, int version, CancellationToken cancellationToken) =>
        await store.FindAsync(definitionId, VersionOptions.SpecificVersion(version), cancellationToken)
            ?? throw new ProblemException(404, FormattableString.Invariant($"There is no version {version} of workflow definition \"{definitionId}\"."));

    private static JsonObject Saved(SavedDefinition saved, string session) => new()
    {
        ["workflowDefinition"] = DefinitionModel.WriteForEditor(saved.Definition, session),
        ["alreadyPublished"] = saved.AlreadyPublished,
        ["consumingWorkflowCount"] = 0,
        ["warnings"] = Json.Texts(saved.Warnings.Select(w => w.Message)),
    };
}
