using Sandbox.Engine.Persistence;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Tracking;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Inspection;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>What a run's page shows beside its jobs.</summary>
internal static class RunPartsApi
{
    public static void MapRunParts(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/runs/{id}").WithTags("Runs").Asks(AccessScopes.Read);
        api.MapGet("/settings", SettingsAsync).WithSummary("What a run was started with, and the version of the workflow that ran.");
        api.MapGet("/context", ContextAsync).WithSummary("The context infos: what each job recorded.");
        api.MapGet("/changes", ChangesAsync).WithSummary("What was changed in recipes.");
        api.MapGet("/artifacts", ArtifactsAsync).WithSummary("The files that the jobs wrote.");
        api.MapGet("/artifacts/{artifactId:long}", DownloadAsync).WithSummary("A file that a job wrote.");
        api.MapGet("/metrics", MetricsAsync).WithSummary("Values of metrics after a place in the order of recording.");
        api.MapGet("/report", ReportAsync).WithSummary("The report as it stands now, one HTML file.");
    }

    private static async Task<IResult> SettingsAsync(
        string id, RunQueries runs, RunInspection inspection, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        var settings = await inspection.SettingsAsync(run.Id, cancellationToken);
        var version = await definitions.FindByVersionIdAsync(run.DefinitionVersionId, cancellationToken);
        return Results.Json(
            new
            {
                settings.ConfigText,
                settings.Overrides,
                settings.WorkDir,
                settings.Environment,
                settings.Warnings,
                run.Config,
                run.CurrentDirectory,
                Workflow = version is null ? null : new { version.Id, version.DefinitionId, version.Name, version.Version, version.IsLatest, version.IsPublished },
            },
            RunJson.Options);
    }

    private static async Task<IResult> ContextAsync(string id, RunQueries runs, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return Results.Json(
            run.Jobs.Where(j => j.Outputs is not null).Select(j => new { j.Id, j.Pipeline, j.Stage, j.MetaName, j.Hook, j.Iteration, j.Origin, j.Outputs }),
            RunJson.Options);
    }

    private static async Task<IResult> ChangesAsync(string id, RunQueries runs, RunReports reports, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return Results.Json(await reports.ChangesAsync(run.Id, cancellationToken), RunJson.Options);
    }

    private static async Task<IResult> ArtifactsAsync(string id, RunQueries runs, RunInspection inspection, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return Results.Json(await inspection.ArtifactsAsync(run.Id, cancellationToken), RunJson.Options);
    }

    private static async Task<IResult> DownloadAsync(
        string id, long artifactId, RunQueries runs, RunInspection inspection, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        var number = artifactId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var file = await inspection.FileAsync(run.Id, artifactId, cancellationToken) ?? throw ProblemException.NotFound("file of this run with the number", number);

        // Never shown as what it may be: a page that a job wrote must not run as one of this server's.
        return Results.File(file, "application/octet-stream", Path.GetFileName(file), enableRangeProcessing: true);
    }

    private static async Task<IResult> MetricsAsync(
        string id, HttpRequest request, RunQueries runs, TrackingStore tracking, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        await tracking.EnsureReadyAsync(cancellationToken);
        var names = request.Texts("name");
        var after = request.Whole("after") ?? 0;
        var withSteps = request.Flag("steps") ?? true;
        var values = new List<object>();
        var last = (long)after;
        await foreach (var metric in tracking.MetricsAsync(new MetricQuery(run.Id), cancellationToken))
        {
            if (metric.Sequence > after && (names is null || names.Contains(metric.Metric.Name, StringComparer.Ordinal)) && (!withSteps || metric.Metric.Step is not null))
            {
                values.Add(new { metric.JobId, metric.Metric.Name, metric.Metric.Step, metric.Metric.Value, metric.Metric.Time, metric.Attempt });
                last = metric.Sequence;
            }
        }

        return Results.Json(new { Values = values, Next = last }, RunJson.Options);
    }

    private static async Task<IResult> ReportAsync(string id, RunQueries runs, RunReports reports, CancellationToken cancellationToken)
    {
        var run = await RunsApi.FindAsync(runs, id, cancellationToken);
        return Results.Text(HtmlReport.Render(await reports.CollectAsync(run.Id, cancellationToken)), "text/html; charset=utf-8");
    }
}
