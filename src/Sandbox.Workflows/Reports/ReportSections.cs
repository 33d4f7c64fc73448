using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Recipes;
using Sandbox.Core.Tracking;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>What the watched results of a run say, in the sections of its report.</summary>
internal sealed class ReportSections(RunView run, IReadOnlyList<WatchedResult> results)
{
    private readonly Dictionary<string, JobView> _jobs = run.Jobs.DistinctBy(j => j.Id).ToDictionary(j => j.Id, StringComparer.Ordinal);

    /// <summary>The jobs that analysed data, in order.</summary>
    public IReadOnlyList<JobView> Analyses => [.. results
        .Where(r => StatisticsTable.FromJson(r.Result) is not null && Job(r) is not null)
        .Select(r => Job(r)!)];

    public IReadOnlyList<ReportTable> Summary()
    {
        var figures = RunFigures.Of(run, results);
        var tables = results.Select(r => ModelComparison.FromJson(r.Result)).OfType<ModelComparison>()
            .SelectMany(ComparisonTables.Of).ToList();
        if (figures.Count > 0)
        {
            tables.Add(new ReportTable(
                "Before and after", ["figure", "before", "after", "change"], [.. figures.Select(FigureRow)])
            {
                Note = "Probed statistics of the first and the last analysis, averaged over the pipelines.",
            });
        }

        return tables;
    }

    public IReadOnlyList<ReportPipeline> Pipelines() =>
        [.. run.Jobs.GroupBy(j => (j.Iteration, j.Pipeline)).Select(p => new ReportPipeline(
            p.Key.Pipeline, p.Key.Iteration, [.. p.Select(ReportJobOf)]))];

    public IReadOnlyList<RecipeChanges> Changes() =>
        [.. results
            .Where(r => r.Result is JsonObject o && o["_type"]?.ToString() == "k_sigma")
            .Select(r => new RecipeChanges(
                $"{Job(r)?.Pipeline}: {r.Result!["recipe"]}",
                [.. r.Result["changes"]!.AsArray().OfType<JsonObject>().Select(ChangeOf)]))];

    public IReadOnlyList<ReportTable> Evaluations() =>
        [.. run.Jobs
            .Where(j => j.Stage == "evaluate" && j.Outputs is not null && j.Outputs.Any(o => IsNumber(o.Value)))
            .GroupBy(j => string.Join(", ", j.Outputs!.Where(o => IsNumber(o.Value)).Select(o => o.Key)), StringComparer.Ordinal)
            .Select(g => new ReportTable(g.Key, ["job", .. g.Key.Split(", ")], [.. g.Select(EvaluationRow)]))];

    private JobView? Job(WatchedResult result) => _jobs.GetValueOrDefault(result.JobId ?? string.Empty);

    private static IReadOnlyList<ReportCell> FigureRow(RunFigure figure)
    {
        var change = figure is { Before: { } before, After: { } after } && before != 0
            ? new ReportCell { Text = ((after - before) / Math.Abs(before)).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) }
            : string.Empty;
        return [figure.Name, Number(figure.Before), Number(figure.After), change];
    }

    // The figures of one column are of different kinds: each keeps its own digits.
    private static ReportCell Number(double? value) => value is { } number
        ? new ReportCell { Number = number, Text = number.ToString("G4", CultureInfo.InvariantCulture) }
        : string.Empty;

    private static IReadOnlyList<ReportCell> EvaluationRow(JobView job)
    {
        var name = job.Iteration > 1
            ? FormattableString.Invariant($"{job.Pipeline} / {job.MetaName} (iteration {job.Iteration})")
            : $"{job.Pipeline} / {job.MetaName}";
        return [name, .. job.Outputs!.Where(o => IsNumber(o.Value)).Select(o => (ReportCell)o.Value!.GetValue<double>())];
    }

    private static ReportJob ReportJobOf(JobView job) => new()
    {
        Stage = job.Stage,
        Name = job.MetaName ?? FormattableString.Invariant($"{job.Hook}[{job.Index}]"),
        Hook = job.Hook,
        State = job.State,
        Attempt = job.Attempt,
        StartedAt = job.StartedAt,
        EndedAt = job.EndedAt,
        Note = job.Failure ?? (job.Origin is "reused" or "file" ? job.Origin : null),
    };

    private static RecipeChange ChangeOf(JsonObject change) => new(
        change["operator"]?.ToString() ?? string.Empty,
        change["argument"]?.ToString() ?? string.Empty,
        IsNumber(change["old"]) ? change["old"]!.GetValue<double>() : null,
        IsNumber(change["new"]) ? change["new"]!.GetValue<double>() : null,
        change["reason"]?.ToString() ?? string.Empty);

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;
}
