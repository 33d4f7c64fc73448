using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Definitions as files: exported and imported, one or many.</summary>
internal static class DefinitionFiles
{
    private static readonly string[] ExportMethods = ["GET", "POST"];
    private static readonly string[] ImportMethods = ["POST", "PUT"];

    public static void MapDefinitionFiles(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Edit);
        api.MapMethods("/workflow-definitions/{definitionId}/export", ExportMethods, (Delegate)ExportAsync).WithSummary("A definition as a file.").Asks(AccessScopes.Read);
        api.MapMethods("/bulk-actions/export/workflow-definitions", ExportMethods, (Delegate)ExportManyAsync).WithSummary("Versions, by their ids, as a zip of files.").Asks(AccessScopes.Read);
        api.MapMethods("/workflow-definitions/import", ImportMethods, (Func<HttpRequest, DefinitionStore, CancellationToken, Task<IResult>>)ImportAsync).WithSummary("Imports a definition as a draft, or published where it says so.");
        api.MapMethods("/workflow-definitions/{definitionId}/import", ImportMethods, (Func<HttpRequest, DefinitionStore, CancellationToken, Task<IResult>>)ImportAsync).WithSummary("Imports a definition under an id.");
        api.MapPost("/workflow-definitions/import-files", ImportFilesAsync).DisableAntiforgery().WithSummary("Imports files, JSON or zips of JSON.");
    }

    private static async Task<IResult> ExportAsync(
        string definitionId, HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var definition = await store.FindAsync(definitionId, request.Versions(VersionOptions.Latest), cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Results.File(Bytes(definition), "application/json", FileName(definition));
    }

    private static async Task<IResult> ExportManyAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var ids = request.Texts("ids") ?? (await JsonBody.ReadAsync(request, cancellationToken)).Texts("ids")
            ?? throw ProblemException.Bad("\"ids\" is missing.");
        var definitions = new List<WorkflowDefinition>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal).Take(1000))
        {
            if (await store.FindByVersionIdAsync(id, cancellationToken) is { } definition)
            {
                definitions.Add(definition);
            }
        }

        return definitions switch
        {
            [] => Results.NoContent(),
            [var one] => Results.File(Bytes(one), "application/json", FileName(one)),
            _ => Results.File(Zip(definitions.Select(d => (FileName(d), Bytes(d)))), "application/zip", "workflow-definitions.zip"),
        };
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var model = await JsonBody.ReadAsync(request, cancellationToken);
        if (request.RouteValues["definitionId"] is string definitionId)
        {
            model["definitionId"] = definitionId;
        }

        return Json.Answer(DefinitionModel.Write(await ImportAsync(model, store, cancellationToken)));
    }

    private static async Task<IResult> ImportFilesAsync(HttpRequest request, DefinitionStore store, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var (name, bytes) in UploadedJson.ReadAsync(request, cancellationToken))
        {
            var model = JsonBody.Parse(bytes) as JsonObject ?? throw ProblemException.Bad($"{name} is no workflow definition: it must be a JSON object.");
            await ImportAsync(model, store, cancellationToken);
            count++;
        }

        return Json.Answer(new JsonObject { ["count"] = count });
    }

    private static async Task<WorkflowDefinition> ImportAsync(JsonObject model, DefinitionStore store, CancellationToken cancellationToken)
    {
        var (definition, _) = DefinitionModel.Read(model);
        var saved = await store.SaveAsync(
            new SaveDefinition(definition with { Id = string.Empty }) { Publish = definition.IsPublished }, cancellationToken);
        return saved.Definition;
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }

    private static byte[] Bytes(WorkflowDefinition definition) =>
        Encoding.UTF8.GetBytes(DefinitionJson.ToText(DefinitionJson.WriteExport(definition), indented: true));

    private static string FileName(WorkflowDefinition definition) =>
        FormattableString.Invariant($"workflow-definition-{string.Concat(definition.DefinitionId.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))}-v{definition.Version}.json");
}
