using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Starts runs of definitions. The answer comes at once; the run goes on by itself.</summary>
internal static class ExecuteEndpoints
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";
    private const int MostAtOnce = 1000;

    public static void MapExecute(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Run);
        api.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync).WithSummary("Starts a run and answers with its state.");
        api.MapGet("/workflow-definitions/{definitionId}/execute", ExecuteAsync).WithSummary("Starts a run and answers with its state.");
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", DispatchAsync).WithSummary("Starts a run and answers with its id.");
        api.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", BulkDispatchAsync).WithSummary("Starts several runs.");
    }

    private static async Task<IResult> ExecuteAsync(
        string definitionId, HttpContext http, DefinitionStore store, RunLauncher launcher, InstanceQueries instances, CancellationToken cancellationToken)
    {
        var body = http.Request.Method == "GET" ? FromQuery(http.Request) : await JsonBody.ReadAsync(http.Request, cancellationToken);
        try
        {
            var definition = await FindAsync(store, definitionId, Versions(body), cancellationToken);
            var id = await launcher.StartAsync(definition, Request(body), cancellationToken);
            http.Response.Headers[CannotStartHeader] = bool.FalseString;
            http.Response.Headers[InstanceHeader] = id;
            return Json.Answer(new JsonObject { ["workflowState"] = await instances.StateAsync(id, cancellationToken) });
        }
        catch (DefinitionInvalidException)
        {
            http.Response.Headers[CannotStartHeader] = bool.TrueString;
            throw;
        }
    }

    private static async Task<IResult> DispatchAsync(
        string definitionId, HttpRequest request, DefinitionStore store, RunLauncher launcher, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var definition = await FindAsync(store, definitionId, Versions(body), cancellationToken);
        return Json.Answer(new JsonObject { ["workflowInstanceId"] = await launcher.StartAsync(definition, Request(body), cancellationToken) });
    }

    private static async Task<IResult> BulkDispatchAsync(
        string definitionId, HttpRequest request, DefinitionStore store, RunLauncher launcher, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var definition = await FindAsync(store, definitionId, Versions(body), cancellationToken);
        var ids = new List<string>();
        for (var i = body.Whole("count", 1, MostAtOnce) ?? 1; i > 0; i--)
        {
            ids.Add(await launcher.StartAsync(definition, Request(body), cancellationToken));
        }

        return Json.Answer(new JsonObject { ["workflowInstanceIds"] = Json.Texts(ids) });
    }

    private static LaunchRequest Request(JsonObject body) => new()
    {
        CorrelationId = body.Text("correlationId"),
        Name = body.Text("name"),
        RunId = body.Text("instanceId"),
        Inputs = body.Map("input")?.DeepClone().AsObject() ?? [],
    };

    private static JsonObject FromQuery(HttpRequest request)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["correlationId", "name", "versionOptions"])
        {
            body[name] = request.Text(name);
        }

        if (request.Text("input") is { } input)
        {
            body["input"] = JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(input));
        }

        return body;
    }

    // An object is how Elsa's own client sends it, a word is how Studio does.
    private static VersionOptions Versions(JsonObject body)
    {
        var word = body["versionOptions"] is JsonObject options ? Word(options) : body.Text("versionOptions");
        return string.IsNullOrEmpty(word)
            ? VersionOptions.Published
            : VersionOptions.TryParse(word, out var versions) ? versions : throw ProblemException.Bad($"versionOptions is \"{word}\"; it must be Latest, Published or a number.");
    }

    private static string? Word(JsonObject options) =>
        options.Whole("version") is { } number and > 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : options.Where(o => o.Key.StartsWith("is", StringComparison.Ordinal) && o.Value?.GetValueKind() == System.Text.Json.JsonValueKind.True)
                .Select(o => o.Key["is".Length..]).FirstOrDefault();

    private static async Task<WorkflowDefinition> FindAsync(
        DefinitionStore store, string definitionId, VersionOptions versions, CancellationToken cancellationToken) =>
        await store.FindAsync(definitionId, versions, cancellationToken)
            ?? throw (await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is null
                ? ProblemException.NotFound("workflow definition", definitionId)
                : new ProblemException(404, $"Workflow definition \"{definitionId}\" has no such version. Publish it, or ask for versionOptions Latest."));
}
