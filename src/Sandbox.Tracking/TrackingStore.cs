using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Context;
using Sandbox.Core.Tracking;
using Sandbox.Tracking.Charts;
using Sandbox.Tracking.Persistence;
using Sandbox.Tracking.Sinks;

namespace Sandbox.Tracking;

/// <summary>Where the store is.</summary>
public sealed record TrackingStoreOptions
{
    /// <summary>The SQLite file; made with its directory where it is absent. Other rooms have tables in it.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>How long a write waits for another process's transaction.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What sets up each connection, where a host has a way of its own in which writers wait for each other; it takes
    /// the place of <see cref="BusyTimeout"/>.</summary>
    public DbConnectionInterceptor? Connections { get; init; }
}

/// <summary>
/// The one local store of metrics, watched results and configs. Of a job that was tried again, the attempt that won
/// counts (before one has: the newest), and what others recorded up to their last finished step.
/// </summary>
public sealed class TrackingStore(TrackingStoreOptions options) : IDisposable
{
    private readonly TrackingDatabase _database = new(options);

    /// <summary>How far the sinks of runs have come.</summary>
    internal SinkProgress Progress => new(_database);

    /// <summary>Brings what is recorded of a run to other tools from now on, beside the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="watchers">The tools.</param>
    /// <param name="currentDirectory">What relative directories mean.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears what could not be brought.</param>
    public SinkPump Pump(SinkRun run, IReadOnlyList<WatcherConfig> watchers, string currentDirectory, TimeProvider time, ILogger logger) =>
        new(Progress, run, [.. watchers.Select(w => SinkFactory.Make(w, currentDirectory))], time, logger);

    /// <summary>Brings the tables up to date; needed once before <see cref="TrackingWriter"/> writes.</summary>
    public Task EnsureReadyAsync(CancellationToken cancellationToken) => _database.EnsureReadyAsync(cancellationToken);

    /// <summary>Metrics in the order in which they were recorded; streamed.</summary>
    public async IAsyncEnumerable<TrackedMetric> MetricsAsync(
        MetricQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var counted = query.AllAttempts ? null : await CountedAttempts.LoadAsync(context, query.RunId, cancellationToken);
        var rows = context.Metrics.Where(m => m.RunId == query.RunId
            && (query.Name == null || m.Name == query.Name)
            && (query.JobId == null || m.JobId == query.JobId));
        await foreach (var row in rows.OrderBy(m => m.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (counted?.CountsMetric(row) != false)
            {
                yield return ToMetric(row);
            }
        }
    }

    /// <summary>A metric as a series: by step, where it has steps, then in the order of recording.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="name">The metric.</param>
    /// <param name="jobId">The job; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<Metric>> SeriesAsync(
        string runId, string name, string? jobId, CancellationToken cancellationToken)
    {
        var points = new List<Metric>();
        await foreach (var metric in MetricsAsync(new MetricQuery(runId) { Name = name, JobId = jobId }, cancellationToken))
        {
            points.Add(metric.Metric);
        }

        return [.. points.OrderBy(m => m.Step ?? double.NegativeInfinity)];
    }

    /// <summary>The metrics of a run as curves of at most so many points; the store is streamed, memory does not grow with it.
    /// Of many points the first, the last, the lowest and the highest of each stretch are kept, so that no extreme is
    /// lost.</summary>
    public async Task<IReadOnlyList<MetricCurve>> CurvesAsync(CurveQuery query, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var counted = await CountedAttempts.LoadAsync(context, query.RunId, cancellationToken);
        return await CurveReader.ReadAsync(context, counted, query, cancellationToken);
    }

    /// <summary>The newest value of each metric of a run, by name.</summary>
    public async Task<IReadOnlyList<TrackedMetric>> LatestAsync(string runId, CancellationToken cancellationToken)
    {
        var latest = new SortedDictionary<string, TrackedMetric>(StringComparer.Ordinal);
        await foreach (var metric in MetricsAsync(new MetricQuery(runId), cancellationToken))
        {
            latest[metric.Metric.Name] = metric;
        }

        return [.. latest.Values];
    }

    /// <summary>Watched results in the order in which they were recorded.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="metaName">The name that they were watched under; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<WatchedResult>> ResultsAsync(
        string runId, string? metaName, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var counted = await CountedAttempts.LoadAsync(context, runId, cancellationToken);
        var rows = await context.Results
            .Where(r => r.RunId == runId && (metaName == null || r.MetaName == metaName))
            .OrderBy(r => r.Sequence).ToListAsync(cancellationToken);
        return [.. rows.Where(counted.CountsResult).Select(ToResult)];
    }

    /// <summary>Watched configs in the order in which they were recorded, of all attempts.</summary>
    public async Task<IReadOnlyList<WatchedConfigs>> ConfigsAsync(string runId, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var rows = await context.Configs.Where(c => c.RunId == runId).OrderBy(c => c.Sequence).ToListAsync(cancellationToken);
        return [.. rows.Select(ToConfigs)];
    }

    /// <summary>Watched configs of all runs whose prefix begins so, newest first.</summary>
    /// <param name="prefix">The beginning.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<WatchedConfigs>> NewestConfigsAsync(string prefix, int most, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var rows = await context.Configs.Where(c => c.Prefix.StartsWith(prefix)).OrderByDescending(c => c.Sequence).Take(most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(ToConfigs)];
    }

    /// <summary>The newest result under a meta name, as an attempt sees it: what it recorded itself and what counts.</summary>
    internal async Task<WatchedResult?> FindResultAsync(
        string runId, string metaName, string? jobId, int? attempt, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var counted = await CountedAttempts.LoadAsync(context, runId, cancellationToken);
        var rows = context.Results.Where(r => r.RunId == runId && r.MetaName == metaName);
        await foreach (var row in rows.OrderByDescending(r => r.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            // What an earlier attempt of this very job left behind is not this attempt's, whatever counts for others.
            var isOwnJob = jobId is not null && row.JobId == jobId;
            if (isOwnJob ? row.Attempt == attempt || counted.IsFinished(row) : counted.CountsResult(row))
            {
                return ToResult(row);
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose() => _database.Dispose();

    internal static TrackedMetric ToMetric(MetricRow row) => new(
        row.Sequence,
        row.RunId,
        row.JobId,
        row.Attempt,
        new Metric(row.Name, row.Value ?? double.NaN, row.Step, Time(row.Time), row.Stream, row.ByteOffset));

    internal static WatchedConfigs ToConfigs(ConfigsRow row) =>
        new(row.Sequence, row.RunId, row.JobId, row.Prefix, Parse(row.Json), Time(row.Time));

    private static WatchedResult ToResult(ResultRow row) => new(
        row.Sequence, row.RunId, row.JobId, row.Attempt, row.MetaName, Parse(row.Json), Time(row.Time));

    private static JsonNode? Parse(string json) => PythonJson.Parse(json, "the store of metrics");

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
