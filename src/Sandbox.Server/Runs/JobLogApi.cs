using System.Text;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>The logs of jobs and what their programs print, followed piece by piece.</summary>
internal static class JobLogApi
{
    /// <summary>What comes at once: a browser has to show it.</summary>
    private const int MostBytes = 256 * 1024;

    public static void MapJobLogs(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/runs/{id}/jobs/{jobId}").WithTags("Runs").Asks(AccessScopes.Read);
        api.MapGet("/logs", ListAsync).WithSummary("What a job wrote: its log, and the output of its programs.");
        api.MapGet("/log", ReadAsync).WithSummary("Whole lines of a log from a place on; without \"from\", its last ones.");
        api.MapGet("/log/file", FileAsync).WithSummary("A log as a file.");
    }

    private static async Task<IResult> ListAsync(string id, string jobId, RunQueries runs, SandboxHome home, CancellationToken cancellationToken)
    {
        var (run, job) = await FindAsync(id, jobId, runs, cancellationToken);
        return Results.Json(JobLogs.Of(home, run.Id, job).Select(l => new { l.Name, l.Length }), RunJson.Options);
    }

    private static async Task<IResult> ReadAsync(
        string id, string jobId, HttpRequest request, RunQueries runs, SandboxHome home, CancellationToken cancellationToken)
    {
        var (run, job) = await FindAsync(id, jobId, runs, cancellationToken);
        var log = Log(request, home, run, job);
        var isRunning = job.State is RunStates.Running or RunStates.Pending;
        var given = request.Whole("from");
        var tail = Math.Max(0, log.Length - MostBytes);
        var (start, bytes) = await log.ReadAsync(given ?? tail, MostBytes, cancellationToken);

        // Neither end may cut a line: the log is being written, and its last part may begin anywhere.
        var first = given is null && start > 0 ? Array.IndexOf(bytes, (byte)'\n') + 1 : 0;
        var isMore = isRunning || start + bytes.Length < log.Length;
        var end = isMore && bytes.Length - first < MostBytes / 2 ? Array.LastIndexOf(bytes, (byte)'\n') + 1 : bytes.Length;
        end = Math.Max(first, end);
        return Results.Json(
            new LogPart(Encoding.UTF8.GetString(bytes.AsSpan(first, end - first)), start + first, start + end, log.Length, isRunning), RunJson.Options);
    }

    private static async Task<IResult> FileAsync(
        string id, string jobId, HttpRequest request, RunQueries runs, SandboxHome home, CancellationToken cancellationToken)
    {
        var (run, job) = await FindAsync(id, jobId, runs, cancellationToken);
        var log = Log(request, home, run, job);
        return Results.Stream(stream => CopyAsync(log, stream, cancellationToken), "text/plain; charset=utf-8", $"{jobId}.log");
    }

    private static async Task CopyAsync(LogSource log, Stream to, CancellationToken cancellationToken)
    {
        for (var at = 0L; ;)
        {
            var (from, bytes) = await log.ReadAsync(at, MostBytes, cancellationToken);
            if (bytes.Length == 0)
            {
                return;
            }

            await to.WriteAsync(bytes, cancellationToken);
            at = from + bytes.Length;
        }
    }

    private static LogSource Log(HttpRequest request, SandboxHome home, RunView run, JobView job)
    {
        var name = request.Text("name") ?? JobLogs.Own;
        return JobLogs.Of(home, run.Id, job).FirstOrDefault(l => l.Name == name) ?? throw ProblemException.NotFound("log", name);
    }

    private static async Task<(RunView Run, JobView Job)> FindAsync(string id, string jobId, RunQueries runs, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return (run, run.Jobs.FirstOrDefault(j => j.Id == jobId) ?? throw ProblemException.NotFound("job", jobId));
    }

    private sealed record LogPart(string Text, long From, long Next, long Length, bool IsRunning);
}
