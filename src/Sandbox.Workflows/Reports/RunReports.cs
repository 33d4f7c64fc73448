using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Tracking;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Reports.Distributions;
using Sandbox.Workflows.Reports.Sweeps;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Reports;

/// <summary>Collects what is known of a run and writes its report.</summary>
public sealed class RunReports
{
    private readonly RunQueries _queries;
    private readonly TrackingStore _tracking;
    private readonly RunsDatabase _database;
    private readonly SandboxHome _home;
    private readonly SandboxSweeps _sweeps;
    private readonly TimeProvider _time;

    internal RunReports(
        RunQueries queries, TrackingStore tracking, RunsDatabase database, SandboxHome home, SandboxSweeps sweeps, TimeProvider time) =>
        (_queries, _tracking, _database, _home, _sweeps, _time) = (queries, tracking, database, home, sweeps, time);

    /// <summary>The figures that a run ends with.</summary>
    public async Task<IReadOnlyList<RunFigure>> FiguresAsync(string runId, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var run = await _queries.GetAsync(runId, cancellationToken);
        return RunFigures.Of(run, await ResultsAsync(run, cancellationToken));
    }

    /// <summary>Writes the report into the run's directory.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> WriteAsync(string runId, CancellationToken cancellationToken)
    {
        var report = await CollectAsync(runId, cancellationToken);
        var path = _home.Report(report.RunId);
        await HtmlReport.WriteAsync(path, report, cancellationToken);
        return path;
    }

    /// <summary>What a run's recipes were changed to, as far as it is.</summary>
    public async Task<IReadOnlyList<RecipeChanges>> ChangesAsync(string runId, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var run = await _queries.GetAsync(runId, cancellationToken);
        return new ReportSections(run, await ResultsAsync(run, cancellationToken)).Changes();
    }

    /// <summary>The distributions of the statistics that a run probed: before, and after.</summary>
    public async Task<IReadOnlyList<DistributionGroup>> DistributionsAsync(string runId, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var run = await _queries.GetAsync(runId, cancellationToken);
        var analyses = new ReportSections(run, await ResultsAsync(run, cancellationToken)).Analyses;
        return await new ReportDistributions(_database, _home).OfAsync(run, analyses, cancellationToken);
    }

    /// <summary>Everything that the report of a run shows, as it stands now.</summary>
    public async Task<RunReport> CollectAsync(string runId, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var run = await _queries.GetAsync(runId, cancellationToken);
        var row = await _queries.FindAsync(run.Id, cancellationToken);
        var results = await ResultsAsync(run, cancellationToken);
        var sections = new ReportSections(run, results);
        return new RunReport
        {
            RunId = run.Id,
            Name = run.Name,
            State = run.State,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            MadeAt = _time.GetUtcNow(),
            Version = Environment(row)["sandbox"]?.ToString() ?? string.Empty,
            Config = run.Config,
            Failure = run.Failure,
            Warnings = JsonSerializer.Deserialize<List<string>>(row.Warnings) ?? [],
            Summary = sections.Summary(),
            Sweep = await _sweeps.FindAsync(run.Id, cancellationToken) is { } sweep ? ReportSweep.Of(sweep) : null,
            Pipelines = sections.Pipelines(),
            Distributions = await new ReportDistributions(_database, _home).OfAsync(run, sections.Analyses, cancellationToken),
            Changes = sections.Changes(),
            Curves = await ReportCurves.OfAsync(_tracking, run, cancellationToken),
            Evaluations = sections.Evaluations(),
            Configurations = [.. row.ConfigText is null ? [] : (ReportText[])[new(run.Config ?? "config", row.ConfigText)], .. ReportEnvironments.Of(run)],
            Environment = [.. Environment(row).Select(e => KeyValuePair.Create(e.Key, e.Value?.ToString() ?? string.Empty))],
        };
    }

    // Jobs that a mended config replaced have left results, too.
    private async Task<IReadOnlyList<WatchedResult>> ResultsAsync(RunView run, CancellationToken cancellationToken)
    {
        var jobs = run.Jobs.Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        var results = await _tracking.ResultsAsync(run.Id, metaName: null, cancellationToken);
        return [.. results.Where(r => r.JobId is null || jobs.Contains(r.JobId))];
    }

    private static JsonObject Environment(RunRow row) => JsonNode.Parse(row.Environment)!.AsObject();
}
