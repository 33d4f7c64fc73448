using Sandbox.Core.Recipes;
using Sandbox.Core.Tracking;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>A figure before and after.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Before">The value before; null where there is none.</param>
/// <param name="After">The value after; null where there is none.</param>
public sealed record RunFigure(string Name, double? Before, double? After);

/// <summary>The figures that a run ends with: each probed statistic in the first and in the last analysis of a pipeline,
/// averaged over the pipelines, and what comparisons of models found or, without one, what the evaluations gave.</summary>
internal static class RunFigures
{
    public static IReadOnlyList<RunFigure> Of(RunView run, IReadOnlyList<WatchedResult> results)
    {
        var pipelines = run.Jobs.DistinctBy(j => j.Id).ToDictionary(j => j.Id, j => j.Pipeline, StringComparer.Ordinal);
        var analyses = results
            .Select(r => (Pipeline: pipelines.GetValueOrDefault(r.JobId ?? string.Empty, string.Empty), Table: StatisticsTable.FromJson(r.Result)))
            .Where(a => a.Table is not null)
            .GroupBy(a => a.Pipeline, a => a.Table!, StringComparer.Ordinal)
            .Select(p => (First: p.First(), Last: p.Last()))
            .Where(p => !ReferenceEquals(p.First, p.Last))
            .ToList();
        var compared = results.SelectMany(r => OfComparison(r)).ToList();
        return [.. OfAnalyses(analyses), .. compared.Count > 0 ? compared : EvaluationFigures.Of(run)];
    }

    private static IEnumerable<RunFigure> OfAnalyses(IReadOnlyList<(StatisticsTable First, StatisticsTable Last)> analyses)
    {
        var columns = analyses.SelectMany(a => a.First.Columns.Intersect(a.Last.Columns, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
        foreach (var (column, place) in columns.Select((c, i) => (c, i)))
        {
            if (place == 0)
            {
                yield return Average("rows", analyses, "count", column);
            }

            var mean = Average($"mean of {column}", analyses, "mean", column);
            if (mean.Before is not (null or double.NaN) && mean.After is not (null or double.NaN))
            {
                yield return mean;
            }
        }
    }

    private static RunFigure Average(
        string name, IReadOnlyList<(StatisticsTable First, StatisticsTable Last)> analyses, string row, string column)
    {
        var both = analyses.Where(a => a.First.Columns.Contains(column, StringComparer.Ordinal) && a.Last.Columns.Contains(column, StringComparer.Ordinal)).ToList();
        return new RunFigure(name, both.Average(a => a.First.Value(row, column)), both.Average(a => a.Last.Value(row, column)));
    }

    private static IEnumerable<RunFigure> OfComparison(WatchedResult result)
    {
        if (ModelComparison.FromJson(result.Result) is not { } comparison)
        {
            return [];
        }

        var baseline = comparison.Groups.FirstOrDefault(g => g.Name == comparison.Candidate);
        return comparison.Groups.Where(g => g.Name != comparison.Candidate)
            .Select(g => new RunFigure($"{comparison.Metric}: {g.Name} → {comparison.Candidate}", g.Mean, baseline?.Mean));
    }
}
