using System.Text.Json;
using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;

namespace Sandbox.Server.Http;

/// <summary>Answers what went wrong with a problem document (RFC 9457), whatever it was. Only what nobody foresaw is a 500,
/// and only that is logged with its stack trace.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await WriteAsync(http, Bare(http.Response.StatusCode, http.Request));
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to hear an answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = Describe(e);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                ServerLog.Broke(logger, e, http.Request.Method, http.Request.Path);
            }

            await WriteAsync(http, problem);
        }
    }

    /// <summary>What an exception means to whoever asked.</summary>
    public static ProblemException Describe(Exception exception) => exception switch
    {
        ProblemException problem => problem,
        DefinitionInvalidException e => new ProblemException(400, "The workflow cannot be published or run as it is.")
        {
            Errors = [.. e.Faults.Select(f => f.ToString())],
        },
        DefinitionFormatException e => ProblemException.Bad(e.Message),
        FaultException e => ProblemException.Bad(e.Faults[0].ToString()) is var bad && e.Faults.Count == 1
            ? bad
            : new ProblemException(400, "The input has faults.") { Errors = [.. e.Faults.Select(f => f.ToString())] },
        DefinitionConflictException or DefinitionInUseException or InstanceBusyException or JobFailedException =>
            ProblemException.Conflict(exception.Message),
        BadHttpRequestException e => new ProblemException(e.StatusCode, e.Message),
        JsonException e => ProblemException.Bad($"The body is no JSON: {e.Message}"),
        _ => new ProblemException(500, "Something that should not happen did. More stands in the server's log."),
    };

    private static ProblemException Bare(int status, HttpRequest request) => new(status, status switch
    {
        404 => $"There is nothing at {request.Path}.",
        405 => $"{request.Method} is not allowed at {request.Path}.",
        415 => "This content type is not read here; send application/json.",
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
    });

    private static async Task WriteAsync(HttpContext http, ProblemException problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json; charset=utf-8";
        await http.Response.WriteAsync(
            JsonSerializer.Serialize(new
            {
                type = "about:blank",
                title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status),
                status = problem.Status,
                detail = problem.Message,
                errors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["general"] = problem.Errors },
            }),
            http.RequestAborted);
    }
}
