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
    private const string InsertMetric =
        """
        INSERT INTO tracking_metrics (RunId, JobId, Attempt, Name, Step, Time, Value, Stream, ByteOffset)
        VALUES (@run, @job, @attempt, @name, @step, @time, @value, @stream, @offset) ON CONFLICT DO NOTHING
        """;

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

    private const string StartOver =
        """
        DELETE FROM tracking_metrics WHERE RunId = @run AND JobId = @job AND Attempt = @attempt AND Stream IS NULL
            AND Sequence > COALESCE((SELECT UpToMetric FROM tracking_attempts WHERE RunId = @run AND JobId = @job AND Attempt = @attempt), 0);
        DELETE FROM tracking_results WHERE RunId = @run AND JobId = @job AND Attempt = @attempt
            AND Sequence > COALESCE((SELECT UpToResult FROM tracking_attempts WHERE RunId = @run AND JobId = @job AND Attempt = @attempt), 0);
        """;

    /// <summary>Adds a batch to the store.</summary>
    /// <param name="execute">Executes statements with named parameters in the transaction; the same text comes with the
    /// same parameters, so that it may be prepared once.</param>
    /// <param name="batch">What to add.</param>
    /// <param name="cancellationToken">Stops the writing; the caller rolls back.</param>
    public static async Task WriteAsync(TrackingStatement execute, TrackingBatch batch, CancellationToken cancellationToken)
    {
        if (batch.StartsOver)
        {
            await execute(StartOver, Attempt(batch), cancellationToken);
        }

        foreach (var metric in batch.Metrics)
        {
            await execute(
                InsertMetric,
                [
                    .. Attempt(batch), ("@name", metric.Name), ("@step", Stored(metric.Step)), ("@time", metric.Time.UtcTicks),
                    ("@value", Stored(metric.Value)), ("@stream", metric.Stream), ("@offset", metric.ByteOffset),
                ],
                cancellationToken);
        }

        foreach (var result in batch.Results)
        {
            await execute(InsertResult, Text(batch, result.MetaName, result.Json, result.Time), cancellationToken);
        }

        foreach (var configs in batch.Configs)
        {
            await execute(InsertConfigs, Text(batch, configs.Prefix, configs.Json, configs.Time), cancellationToken);
        }

        if (batch.Standing != AttemptStanding.Running && batch.JobId is not null)
        {
            await execute(Mark, [.. Attempt(batch), ("@won", batch.Standing == AttemptStanding.Won)], cancellationToken);
        }
    }

    private static (string Name, object? Value)[] Attempt(TrackingBatch batch) =>
        [("@run", batch.RunId), ("@job", batch.JobId), ("@attempt", batch.Attempt)];

    private static (string Name, object? Value)[] Text(TrackingBatch batch, string name, string json, DateTimeOffset time) =>
        [.. Attempt(batch), ("@name", name), ("@json", json), ("@time", time.UtcTicks)];

    // SQLite has no NaN: it is kept as NULL, which no value is otherwise.
    private static object? Stored(double? value) => value is { } number && !double.IsNaN(number) ? number : null;
}
