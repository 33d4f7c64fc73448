using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Runs;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Inspection;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Reports.Distributions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Data;

/// <summary>The data of a run, before and after.</summary>
internal static class DataApi
{
    private const int MostRows = 100;
    private static readonly string[] Kinds = ["dropped", "changed", "error"];

    public static void AddData(this IServiceCollection services) => services.AddSingleton<DataSteps>();

    public static void MapData(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/runs/{id}/data").WithTags("Data").Asks(AccessScopes.Read);
        api.MapGet("/", StepsAsync).WithSummary("The jobs that processed data, with what each operator did.");
        api.MapGet("/distributions", DistributionsAsync).WithSummary("The distributions of the statistics that were probed, before and after.");
        api.MapGet("/{jobId}/rows", RowsAsync).WithSummary("Rows before and after: all, or those that an operator dropped or changed.");
    }

    private static async Task<IResult> StepsAsync(string id, RunQueries runs, DataSteps steps, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return Results.Json(
            (await steps.OfAsync(run, cancellationToken)).Select(s => new
            {
                JobId = s.Job.Id,
                s.Job.Pipeline,
                Name = s.Job.MetaName ?? s.Job.Hook,
                s.Job.Iteration,
                RowsIn = s.Counts["rows_in"],
                RowsOut = s.Counts["rows_out"],
                BadRows = s.Counts["bad_rows"],
                Dataset = s.Recipe?["dataset_path"],
                Export = s.Recipe?["export_path"],
                Operators = DataSteps.Operators(s),
            }),
            RunJson.Options);
    }

    private static async Task<IResult> RowsAsync(
        string id, string jobId, HttpRequest request, RunQueries runs, DataSteps steps, RunInspection inspection, CancellationToken cancellationToken)
    {
        var kind = request.Text("kind");
        if (kind is not null && !Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw ProblemException.Bad($"kind is \"{kind}\"; it must be one of {string.Join(", ", Kinds)}.");
        }

        var query = new RowQuery(request.Whole("operator"), kind, request.Whole("skip") ?? 0, request.Whole("take", 1, MostRows) ?? 20);
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        var step = (await steps.OfAsync(run, cancellationToken)).FirstOrDefault(s => s.Job.Id == jobId)
            ?? throw ProblemException.NotFound("job of this run that processed data", jobId);
        var remains = await inspection.RemainsAsync(run.Id, jobId, cancellationToken) ?? throw ProblemException.NotFound("record of job", jobId);
        return Results.Json(await new RowSamples(step, remains, run.CurrentDirectory).ReadAsync(query, cancellationToken), RunJson.Options);
    }

    private static async Task<IResult> DistributionsAsync(string id, RunQueries runs, RunReports reports, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        var groups = await reports.DistributionsAsync(run.Id, cancellationToken);
        return Results.Json(groups.Select(g => new { g.Title, g.Before, g.After, g.BrokenLines, Items = g.Items.Select(Item) }), RunJson.Options);
    }

    private static object Item(Distribution distribution) => distribution switch
    {
        Histogram h => new { h.Name, h.Before, h.After, h.Edges, h.BeforeCounts, h.AfterCounts, h.Below, h.Above },
        CategoryCounts c => new { c.Name, c.Before, c.After, c.Categories, c.Others },
        _ => new { distribution.Name, distribution.Before, distribution.After },
    };
}
