using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sandbox.Tracking.Persistence;

namespace Sandbox.Tracking;

/// <summary>Executes one or more SQL statements with named parameters inside an open transaction, and says how many rows
/// changed.</summary>
/// <param name="sql">The text.</param>
/// <param name="values">The parameters, with their marks.</param>
/// <param name="cancellationToken">Stops it; the caller rolls back.</param>
public delegate Task<int> TrackingStatement(
    string sql, IReadOnlyList<(string Name, object? Value)> values, CancellationToken cancellationToken);

/// <summary>Writes batches inside somebody else's transaction, so that metrics are there exactly if the job's result is.
/// The tables must exist (<see cref="TrackingStore.EnsureReadyAsync"/>).</summary>
public static class TrackingWriter
{
    private const string InsertResult =
        """
        INSERT INTO tracking_results (RunId, JobId, Attempt, MetaName, Json, Time)
        VALUES (@run, @job, @attempt, @name, @json, @time)
        """;

    private const string InsertConfigs =
        """
        INSERT INTO tracking_configs (RunId, JobId, Attempt, Prefix, Json, Time)
        VALUES (@run, @job, @attempt, @name, @json, @time)
        """;

    // Where the attempt stands now: later records of it count only when it says so again.
    private const string Mark =
        """
        INSERT INTO tracking_attempts (RunId, JobId, Attempt, UpToMetric, UpToResult, Won)
        VALUES (@run, @job, @attempt,
            (SELECT COALESCE(MAX(Sequence), 0) FROM tracking_metrics),
            (SELECT COALESCE(MAX(Sequence), 0) FROM tracking_results), @won)
        ON CONFLICT (RunId, JobId, Attempt) DO UPDATE
        SET UpToMetric = excluded.UpToMetric, UpToResult = excluded.UpToResult, Won = excluded.Won
        """;

    // That it is there at all says that a later attempt counts before an earlier one.
    private const string Begin =
        """
        INSERT INTO tracking_attempts (RunId, JobId, Attempt, UpToMetric, UpToResult, Won)
        VALUES (@run, @job, @attempt, 0, 0, @won) ON CONFLICT (RunId, JobId, Attempt) DO NOTHING
        """;

    private const string StartOver =
        """
        DELETE FROM tracking_metrics WHERE RunId = @run AND JobId = @job AND Attempt = @attempt AND Stream IS NULL
            AND Sequence > COALESCE((SELECT UpToMetric FROM tracking_attempts WHERE RunId = @run AND JobId = @job AND Attempt = @attempt), 0);
        DELETE FROM tracking_results WHERE RunId = @run AND JobId = @job AND Attempt = @attempt
            AND Sequence > COALESCE((SELECT UpToResult FROM tracking_attempts WHERE RunId = @run AND JobId = @job AND Attempt = @attempt), 0);
        """;

    /// <summary>Adds a batch to the store.</summary>
    /// <param name="connection">The connection with the open transaction.</param>
    /// <param name="execute">Executes statements with named parameters in the transaction; the same text comes with the
    /// same parameters, so that it may be prepared once.</param>
    /// <param name="batch">What to add.</param>
    /// <param name="cancellationToken">Stops the writing; the caller rolls back.</param>
    public static async Task WriteAsync(
        DbConnection connection, TrackingStatement execute, TrackingBatch batch, CancellationToken cancellationToken)
    {
        if (batch.StartsOver)
        {
            await execute(StartOver, Attempt(batch), cancellationToken);
        }

        InsertMetrics((SqliteConnection)connection, batch, cancellationToken);
        foreach (var result in batch.Results)
        {
            await execute(InsertResult, Text(batch, result.MetaName, result.Json, result.Time), cancellationToken);
        }

        foreach (var configs in batch.Configs)
        {
            await execute(InsertConfigs, Text(batch, configs.Prefix, configs.Json, configs.Time), cancellationToken);
        }

        var hasRecords = batch.Metrics.Count + batch.Results.Count > 0;
        if (batch is { JobId: not null, Attempt: not null } && (hasRecords || batch.Standing != AttemptStanding.Running))
        {
            await execute(
                batch.Standing == AttemptStanding.Running ? Begin : Mark, [.. Attempt(batch), ("@won", batch.Standing == AttemptStanding.Won)], cancellationToken);
        }
    }

    private static void InsertMetrics(SqliteConnection connection, TrackingBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Metrics.Count == 0)
        {
            return;
        }

        using var insert = new MetricInsert(connection, batch);
        foreach (var metric in batch.Metrics)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.Add(metric);
        }
    }

    private static (string Name, object? Value)[] Attempt(TrackingBatch batch) =>
        [("@run", batch.RunId), ("@job", batch.JobId), ("@attempt", batch.Attempt)];

    private static (string Name, object? Value)[] Text(TrackingBatch batch, string name, string json, DateTimeOffset time) =>
        [.. Attempt(batch), ("@name", name), ("@json", json), ("@time", time.UtcTicks)];
}
