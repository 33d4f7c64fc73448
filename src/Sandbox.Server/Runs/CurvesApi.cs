using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Tracking;
using Sandbox.Tracking.Charts;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>Metrics as curves for a page: few points however many were measured, and no extreme lost.</summary>
internal static class CurvesApi
{
    private const int FewestPoints = 16;
    private const int MostPoints = 20_000;

    public static void MapCurves(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/runs/{id}/curves", CurvesAsync).WithTags("Runs").Asks(AccessScopes.Read)
            .WithSummary("The metrics of a run as curves of about so many points (name, job, points, steps).");

    private static async Task<IResult> CurvesAsync(
        string id, HttpRequest request, RunQueries runs, TrackingStore tracking, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        var query = new CurveQuery(run.Id) { Name = request.Text("name"), JobId = request.Text("job") };
        var curves = await tracking.CurvesAsync(
            query with
            {
                Points = request.Whole("points", FewestPoints, MostPoints) ?? query.Points,
                OnlyWithSteps = request.Flag("steps") ?? query.OnlyWithSteps,
            },
            cancellationToken);
        return Results.Json(
            curves.Select(c => new { c.Name, c.JobId, c.Count, Points = c.Points.Select(p => new[] { p.Step, p.Value }) }), RunJson.Options);
    }
}
