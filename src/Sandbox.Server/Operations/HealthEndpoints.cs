using System.Globalization;
using System.Text;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Work;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Operations;

/// <summary>Whether the server lives, whether it can work, and how much it works.</summary>
internal static class HealthEndpoints
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).AsksNothing().WithTags("Health").WithSummary("Whether the server lives.");
        routes.MapGet("/health/ready", ReadyAsync).AsksNothing().WithTags("Health").WithSummary("Whether the database answers.");
        routes.MapGet("/metrics", MetricsAsync).Asks(AccessScopes.Read).WithTags("Health").WithSummary("Figures in Prometheus's text format.");
    }

    private static async Task<IResult> ReadyAsync(InstanceQueries instances, ILogger<InstanceWorker> logger, CancellationToken cancellationToken)
    {
        try
        {
            await instances.CountAsync(cancellationToken);
            return Results.Text("ready");
        }
        catch (System.Data.Common.DbException e)
        {
            Http.ServerLog.LoopBroke(logger, e, "The readiness check");
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> MetricsAsync(
        InstanceQueries instances, InstanceWorker worker, RequestMeter meter, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        text.Append("# HELP sandbox_instances Workflow instances by sub-status.\n# TYPE sandbox_instances gauge\n");
        foreach (var (status, count) in (await instances.CountBySubStatusAsync(cancellationToken)).OrderBy(c => c.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"sandbox_instances{{sub_status=\"{status}\"}} {count}\n");
        }

        text.Append("# HELP sandbox_runs_working Runs that this server works now.\n# TYPE sandbox_runs_working gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"sandbox_runs_working {worker.Working}\n");
        meter.Write(text);
        text.Append("# HELP process_resident_memory_bytes Memory of the server.\n# TYPE process_resident_memory_bytes gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"process_resident_memory_bytes {Environment.WorkingSet}\n");
        return Results.Text(text.ToString(), MetricsType);
    }
}
