using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>Runs in the sandbox's own words, for the pages.</summary>
internal static class RunsApi
{
    public static void MapRunsApi(this IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup(string.Empty).Asks(AccessScopes.Run);
        var api = routes.MapGroup("/api/runs").WithTags("Runs");
        api.MapGet("/", ListAsync).WithSummary("The runs of the home, newest first.").Asks(AccessScopes.Read);
        api.MapGet("/{id}", GetAsync).WithSummary("A run with its jobs.").Asks(AccessScopes.Read);
        api.MapPost("/{id}/pause", PauseAsync).WithSummary("Lets running jobs end and starts no more.");
        api.MapPost("/{id}/resume", ResumeAsync).WithSummary("Takes up a run that is paused, interrupted or failed.");
        api.MapPost("/{id}/cancel", CancelAsync).WithSummary("Ends a run.");
        api.MapPost("/{id}/retry", RetryAsync).WithSummary("Gives failed jobs another try.");
    }

    private static async Task<IResult> ListAsync(HttpRequest request, RunQueries runs, CancellationToken cancellationToken)
    {
        var (skip, take) = request.Page();
        var found = await runs.ListAsync(skip + take, cancellationToken);
        return Results.Json(found.Skip(skip).Take(take), RunJson.Options);
    }

    private static async Task<IResult> GetAsync(string id, RunQueries runs, LiveRuns live, CancellationToken cancellationToken) =>
        Results.Json(RunJson.Page(await FindAsync(runs, id, cancellationToken), live), RunJson.Options);

    private static async Task<IResult> PauseAsync(string id, SandboxRuns runs, RunQueries queries, CancellationToken cancellationToken)
    {
        var run = await FindAsync(queries, id, cancellationToken);
        await RefusingAsync(() => runs.PauseAsync(run.Id, cancellationToken));
        return Results.NoContent();
    }

    private static async Task<IResult> ResumeAsync(
        string id, RunQueries queries, Engine.Runtime.WorkflowRuntime runtime, InstanceWorker worker, CancellationToken cancellationToken)
    {
        var run = await FindAsync(queries, id, cancellationToken);
        if (run.State is RunStates.Finished or RunStates.Cancelled)
        {
            throw ProblemException.Conflict($"Run {run.Id} is {run.State}: there is nothing to resume.");
        }

        await runtime.UnpauseAsync(run.Id, cancellationToken);
        worker.Signal(run.Id);
        return Results.NoContent();
    }

    private static async Task<IResult> CancelAsync(string id, SandboxRuns runs, RunQueries queries, CancellationToken cancellationToken)
    {
        var run = await FindAsync(queries, id, cancellationToken);
        await RefusingAsync(() => runs.CancelAsync(run.Id, cancellationToken));
        return Results.NoContent();
    }

    private static async Task<IResult> RetryAsync(
        string id, HttpRequest request, SandboxRuns runs, RunQueries queries, InstanceWorker worker, CancellationToken cancellationToken)
    {
        var run = await FindAsync(queries, id, cancellationToken);
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        await RefusingAsync(() => runs.RetryAsync(run.Id, body.Text("job"), body.Flag("fromScratch") ?? false, cancellationToken));
        worker.Signal(run.Id);
        return Results.NoContent();
    }

    // What a run refuses, it refuses for the state that it is in.
    private static async Task RefusingAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Core.Faults.FaultException e)
        {
            throw ProblemException.Conflict(e.Message);
        }
    }

    /// <summary>A run by its id, or enough of its beginning.</summary>
    public static async Task<RunView> FindAsync(RunQueries runs, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.GetAsync(id, cancellationToken);
        }
        catch (Core.Faults.FaultException e)
        {
            throw new ProblemException(404, e.Message);
        }
    }
}
