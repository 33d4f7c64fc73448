using System.Text.Json;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Tracking;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Comparisons;

/// <summary>Compares runs. A sweep stands for its best trial.</summary>
public sealed class RunComparisons
{
    private readonly RunQueries _queries;
    private readonly SandboxSweeps _sweeps;
    private readonly TrackingStore _tracking;
    private readonly TimeProvider _time;

    internal RunComparisons(RunQueries queries, SandboxSweeps sweeps, TrackingStore tracking, TimeProvider time) =>
        (_queries, _sweeps, _tracking, _time) = (queries, sweeps, tracking, time);

    /// <summary>Compares runs; the first is what the others are held against.</summary>
    /// <exception cref="FaultException">There is no such run, or fewer than two different ones.</exception>
    public async Task<RunComparison> OfAsync(IReadOnlyList<string> idsOrPrefixes, CancellationToken cancellationToken)
    {
        await _tracking.EnsureReadyAsync(cancellationToken);
        var sides = new List<Side>();
        foreach (var id in idsOrPrefixes)
        {
            sides.Add(await SideAsync(id, cancellationToken));
        }

        if (sides.DistinctBy(s => s.View.Id).Count() != sides.Count || sides.Count < 2)
        {
            throw new FaultException("A comparison needs at least two different runs, as in: sandbox compare RUN RUN. See: sandbox list");
        }

        return new RunComparison(
            [.. sides.Select(s => new ComparedRun(s.View.Id, s.Label, s.View.Name, s.View.State, s.View.StartedAt, s.View.EndedAt - s.View.StartedAt))],
            Settings(sides), Numbers(sides, s => s.Results), Numbers(sides, s => s.Metrics), await ComparedCurves.OfAsync(_tracking, [.. sides.Select(s => (s.Label, s.View))], cancellationToken));
    }

    /// <summary>Writes a comparison as one HTML file.</summary>
    public Task WriteAsync(string path, RunComparison comparison, CancellationToken cancellationToken) =>
        WholeFile.WriteTextAsync(path, ComparisonPage.Render(comparison, _time.GetUtcNow()), cancellationToken);

    private async Task<Side> SideAsync(string idOrPrefix, CancellationToken cancellationToken)
    {
        var view = await _queries.GetAsync(idOrPrefix, cancellationToken);
        var label = view.Id[..8];
        if (await _sweeps.FindAsync(view.Id, cancellationToken) is { } sweep)
        {
            var best = sweep.Trials.FirstOrDefault(t => t.Number == sweep.Best)?.RunId
                ?? throw new FaultException($"Run {view.Id} is a sweep, and none of its trials has a value to compare.");
            view = await _queries.GetAsync(best, cancellationToken);
            label = FormattableString.Invariant($"{label} trial {sweep.Best}");
        }

        var hasPipelines = view.Jobs.DistinctBy(j => j.Pipeline, StringComparer.Ordinal).Skip(1).Any();
        return new Side(view, label)
        {
            Settings = JobSettings.Of(view, await _tracking.ConfigsAsync(view.Id, cancellationToken)),
            Results = Results(view),
            Metrics = await MetricsAsync(view, hasPipelines, cancellationToken),
        };
    }

    private static Dictionary<string, double> Results(RunView run)
    {
        var results = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var job in run.Jobs.Where(j => j.Outputs is not null))
        {
            foreach (var (name, value) in job.Outputs!.Where(o => o.Value?.GetValueKind() == JsonValueKind.Number))
            {
                results[$"{job.Pipeline}.{job.MetaName ?? job.Hook}.{name}"] = value!.GetValue<double>();
            }
        }

        return results;
    }

    // Places in a list, as a result without names has them, say nothing to anybody.
    private async Task<Dictionary<string, double>> MetricsAsync(RunView run, bool hasPipelines, CancellationToken cancellationToken)
    {
        var pipelines = run.Jobs.DistinctBy(j => j.Id, StringComparer.Ordinal).ToDictionary(j => j.Id, j => j.Pipeline, StringComparer.Ordinal);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        await foreach (var tracked in _tracking.MetricsAsync(new MetricQuery(run.Id), cancellationToken))
        {
            var (name, value) = (tracked.Metric.Name, tracked.Metric.Value);
            if (!name.Split('.').Any(part => part.All(char.IsAsciiDigit)))
            {
                metrics[hasPipelines && pipelines.TryGetValue(tracked.JobId ?? string.Empty, out var pipeline) ? $"{pipeline}.{name}" : name] = value;
            }
        }

        return metrics;
    }

    private static IReadOnlyList<ComparedSetting> Settings(IReadOnlyList<Side> sides) =>
        [.. sides.SelectMany(s => s.Settings.Keys).Distinct(StringComparer.Ordinal)
            .Select(k => new ComparedSetting(k, [.. sides.Select(s => s.Settings.GetValueOrDefault(k))]))
            .Where(s => s.Values.Distinct(StringComparer.Ordinal).Skip(1).Any())];

    private static IReadOnlyList<ComparedNumber> Numbers(IReadOnlyList<Side> sides, Func<Side, IReadOnlyDictionary<string, double>> of) =>
        [.. sides.SelectMany(s => of(s).Keys).Distinct(StringComparer.Ordinal)
            .Select(k => new ComparedNumber(k, [.. sides.Select(s => of(s).TryGetValue(k, out var value) ? value : (double?)null)]))];

    private sealed record Side(RunView View, string Label)
    {
        public required IReadOnlyDictionary<string, string> Settings { get; init; }

        public required IReadOnlyDictionary<string, double> Results { get; init; }

        public required IReadOnlyDictionary<string, double> Metrics { get; init; }
    }
}
