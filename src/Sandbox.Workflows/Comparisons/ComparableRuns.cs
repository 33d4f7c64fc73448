using System.Text.Json;
using Sandbox.Core.Recipes;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Comparisons;

/// <summary>All that a run can be held against others by.</summary>
public sealed record ComparableRun
{
    /// <summary>The run, without its jobs.</summary>
    public required RunView Run { get; init; }

    /// <summary>The settings of its jobs, address to value as JSON, as in <c>anonymous.process.dj_configs.np</c>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The figures that it ended with or stands at, by name.</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }

    /// <summary>Names of the metrics that have steps.</summary>
    public required IReadOnlyList<string> Series { get; init; }
}

/// <summary>Gives single runs for a comparison that whoever looks makes himself: also of one run, of many, and of what is the
/// same.</summary>
public sealed class ComparableRuns
{
    // Results are logged number by number; those of tables and lists say nothing by their place.
    private static readonly string[] Parts = [".k_sigma.", ".operators.", ".analysis."];
    private readonly RunQueries _queries;
    private readonly TrackingStore _tracking;

    internal ComparableRuns(RunQueries queries, TrackingStore tracking) => (_queries, _tracking) = (queries, tracking);

    /// <summary>One run.</summary>
    /// <exception cref="Core.Faults.FaultException">There is no such run.</exception>
    public async Task<ComparableRun> OfAsync(string runId, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var run = await _queries.GetAsync(runId, cancellationToken);
        var latest = await _tracking.LatestAsync(run.Id, cancellationToken);
        return new ComparableRun
        {
            Run = run with { Jobs = [] },
            Settings = JobSettings.Of(run, await _tracking.ConfigsAsync(run.Id, cancellationToken)),
            Figures = await FiguresAsync(run, latest, cancellationToken),
            Series = [.. latest.Where(m => m.Metric.Step is not null).Select(m => m.Metric.Name)],
        };
    }

    private async Task<SortedDictionary<string, double>> FiguresAsync(
        RunView run, IReadOnlyList<TrackedMetric> latest, CancellationToken cancellationToken)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in latest.Where(m => Tells(m.Metric.Name) && double.IsFinite(m.Metric.Value)))
        {
            figures[metric.Metric.Name] = metric.Metric.Value;
        }

        foreach (var job in run.Jobs)
        {
            foreach (var (name, value) in (job.Outputs ?? []).Where(o => o.Value?.GetValueKind() == JsonValueKind.Number))
            {
                figures[$"{job.MetaName ?? job.Hook}.{name}"] = value!.GetValue<double>();
            }
        }

        foreach (var result in await _tracking.ResultsAsync(run.Id, metaName: null, cancellationToken))
        {
            foreach (var (name, mean) in Means(result))
            {
                figures[name] = mean;
            }
        }

        return figures;
    }

    private static IEnumerable<(string Name, double Value)> Means(WatchedResult result) =>
        StatisticsTable.FromJson(result.Result) is not { } table
            ? []
            : table.Columns.Select(c => ($"{result.MetaName}.mean.{c}", table.Value("mean", c))).Where(m => double.IsFinite(m.Item2));

    private static bool Tells(string name) =>
        !char.IsAsciiDigit(name[^1]) && !Parts.Any(p => name.Contains(p, StringComparison.Ordinal));
}
