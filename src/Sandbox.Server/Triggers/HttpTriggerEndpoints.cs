using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Triggers;

/// <summary>Starts workflows by HTTP, and goes on with runs that wait for a request. An asynchronous one answers 202 with the run's address; a synchronous one waits for
/// <c>Elsa.WriteHttpResponse</c>, or for the end of the run.</summary>
internal static class HttpTriggerEndpoints
{
    private const string ResponseType = "Elsa.WriteHttpResponse";
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    public static void MapHttpTriggers(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(HttpTriggers.Root + "/{**path}", Methods, (Delegate)HandleAsync)
            .Asks(AccessScopes.Run).WithMetadata(new MayBeOpen()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        string? path, HttpContext http, HttpTriggers triggers, HttpRuns runs, InstanceQueries instances, TimeProvider time)
    {
        var cancellationToken = http.RequestAborted;
        var correlationId = http.Request.Headers[HttpTriggers.CorrelationHeader].FirstOrDefault();
        var match = await triggers.FindAsync(path ?? string.Empty, http.Request.Method, correlationId, cancellationToken)
            ?? throw new ProblemException(404, $"No workflow is started by {http.Request.Method} {http.Request.Path}, and no run waits for it.");
        var request = await RequestAsync(http.Request, match, cancellationToken);
        var answers = match.Waiting is { } waiting ? await instances.CompletedAsync(waiting.InstanceId, ResponseType, cancellationToken) : 0;
        var runId = match.Waiting is { } bookmark
            ? await runs.ResumeAsync(bookmark, request, cancellationToken)
            : await runs.StartAsync(match.Trigger, request, InputsOf(request), correlationId, cancellationToken);
        return match.IsSync ? await AnswerAsync(runId, answers, instances, time, cancellationToken) : Accepted(runId);
    }

    private static async Task<JsonObject> RequestAsync(HttpRequest request, HttpMatch match, CancellationToken cancellationToken)
    {
        var bytes = await JsonBody.BytesAsync(request, cancellationToken);
        return new JsonObject
        {
            ["method"] = request.Method,
            ["route"] = match.Route,
            ["query"] = new JsonObject(request.Query.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value.ToString()))),
            ["headers"] = new JsonObject(request.Headers.Where(h => !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !h.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
                .Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value.ToString()))),
            ["body"] = bytes.Length == 0 ? null : JsonBody.Parse(bytes),
        };
    }

    // What the workflow takes as inputs: the parameters of the path, the query, and the members of the body, in that order.
    private static JsonObject InputsOf(JsonObject request)
    {
        var inputs = new JsonObject();
        foreach (var part in (string[])["route", "query", "body"])
        {
            foreach (var (name, value) in request[part] as JsonObject ?? [])
            {
                inputs[name] = value?.DeepClone();
            }
        }

        return inputs;
    }

    private static IResult Accepted(string runId) => Results.Accepted(
        $"/runs/{runId}", new { workflowInstanceId = runId, run = $"/api/runs/{runId}", page = $"/runs/{runId}" });

    // The answers that were given before are those of earlier requests.
    private static async Task<IResult> AnswerAsync(
        string runId, int answers, InstanceQueries instances, TimeProvider time, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + LongestWait;
        while (time.GetUtcNow() < until)
        {
            // Looked at in this order: what was written before the end is there when the end is seen.
            var ended = await instances.GetAsync(runId, cancellationToken) is { Status: WorkflowStatus.Finished } found ? found : null;
            if (await instances.CompletedAsync(runId, ResponseType, cancellationToken) > answers)
            {
                return Written((await instances.OutputsAsync(runId, ResponseType, cancellationToken))!);
            }

            if (ended is not null)
            {
                return Ended(ended);
            }

            await Task.Delay(LookInterval, time, cancellationToken);
        }

        return Accepted(runId);
    }

    private static IResult Ended(InstanceInfo ended) => ended.SubStatus == WorkflowSubStatus.Finished
        ? Json.Answer(new JsonObject { ["workflowInstanceId"] = ended.Id, ["output"] = ended.Output.DeepClone() })
        : throw new ProblemException(
            StatusCodes.Status502BadGateway, $"The workflow ended as {ended.SubStatus.ToString().ToLowerInvariant()}. See run {ended.Id}.");

    private static IResult Written(JsonObject outputs)
    {
        var status = outputs["StatusCode"]?.GetValue<int>() ?? 200;
        var (content, type) = (outputs["Content"], outputs["ContentType"]?.ToString());
        return content switch
        {
            null => Results.StatusCode(status),
            JsonValue text when text.GetValueKind() == JsonValueKind.String =>
                Results.Text(text.GetValue<string>(), string.IsNullOrEmpty(type) ? "text/plain; charset=utf-8" : type, statusCode: status),
            _ => Results.Text(content.ToJsonString(), string.IsNullOrEmpty(type) ? "application/json; charset=utf-8" : type, statusCode: status),
        };
    }
}

/// <summary>Marks an endpoint whose workflow may do without a key.</summary>
internal sealed record MayBeOpen;
