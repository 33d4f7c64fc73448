using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Elsa.Definitions;
using Sandbox.Server.Elsa.Executions;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Instances as files. An imported one is a record of what was: it belongs to the server that ran it, so it is not
/// taken up here.</summary>
internal static class InstanceFiles
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static void MapInstanceFiles(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapMethods("/workflow-instances/{id}/export", Methods, ExportAsync).WithSummary("An instance as a file.");
        api.MapMethods("/bulk-actions/export/workflow-instances", Methods, ExportManyAsync).WithSummary("Instances as a zip of files.");
    }

    private static async Task<IResult> ExportAsync(
        string id, HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken) =>
        Results.File(await BytesAsync(id, Parts.Of(request), instances, cancellationToken), "application/json", FileName(id));

    private static async Task<IResult> ExportManyAsync(HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var body = request.Method == "GET" ? [] : await JsonBody.ReadAsync(request, cancellationToken);
        var ids = request.Texts("ids") ?? body.Texts("ids") ?? throw ProblemException.Bad("\"ids\" is missing.");
        var parts = request.Method == "GET" ? Parts.Of(request) : Parts.Of(body);
        var files = new List<(string, byte[])>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal).Take(1000))
        {
            files.Add((FileName(id), await BytesAsync(id, parts, instances, cancellationToken)));
        }

        return Results.File(DefinitionFiles.Zip(files), "application/zip", "workflow-instances.zip");
    }

    private static async Task<byte[]> BytesAsync(string id, Parts parts, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var state = await instances.StateAsync(id, cancellationToken) ?? throw ProblemException.NotFound("workflow instance", id);
        var file = new JsonObject
        {
            ["WorkflowState"] = state,
            ["Bookmarks"] = parts.Bookmarks ? state["bookmarks"]?.DeepClone() : null,
            ["ActivityExecutionRecords"] = parts.Executions
                ? new JsonArray([.. (await instances.ExecutionsAsync(id, null, cancellationToken)).Select(ExecutionModel.Record)])
                : null,
            ["WorkflowExecutionLogRecords"] = parts.Journal
                ? new JsonArray([.. (await instances.JournalAsync(id, 0, int.MaxValue, cancellationToken)).Select(e => InstanceModel.Line(id, e))])
                : null,
        };
        return Encoding.UTF8.GetBytes(DefinitionJson.ToText(file, indented: true));
    }

    private static string FileName(string id) =>
        $"workflow-instance-{string.Concat(id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))}.json";

    /// <summary>What an export holds beside the state.</summary>
    private sealed record Parts(bool Bookmarks, bool Executions, bool Journal)
    {
        public static Parts Of(HttpRequest request) => new(
            request.Flag("includeBookmarks") ?? true,
            request.Flag("includeActivityExecutionLog") ?? true,
            request.Flag("includeWorkflowExecutionLog") ?? true);

        public static Parts Of(JsonObject body) => new(
            body.Flag("includeBookmarks") ?? true,
            body.Flag("includeActivityExecutionLog") ?? true,
            body.Flag("includeWorkflowExecutionLog") ?? true);
    }
}
