using System.Data.Common;
using Sandbox.Core.Tracking;

namespace Sandbox.Tracking;

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

    /// <summary>Adds a batch to the store. One statement is prepared and run for all metrics.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">Its transaction; the caller commits.</param>
    /// <param name="batch">What to add.</param>
    /// <param name="cancellationToken">Stops the writing; the caller rolls back.</param>
    public static async Task WriteAsync(
        DbConnection connection, DbTransaction transaction, TrackingBatch batch, CancellationToken cancellationToken)
    {
        if (batch.StartsOver)
        {
            await using var startOver = Command(connection, transaction, StartOver, batch);
            await startOver.ExecuteNonQueryAsync(cancellationToken);
        }

        await WriteMetricsAsync(connection, transaction, batch, cancellationToken);
        await WriteTextsAsync(
            connection, transaction, batch, InsertResult, batch.Results.Select(r => (r.MetaName, r.Json, r.Time)), cancellationToken);
        await WriteTextsAsync(
            connection, transaction, batch, InsertConfigs, batch.Configs.Select(c => (c.Prefix, c.Json, c.Time)), cancellationToken);
        if (batch.Standing != AttemptStanding.Running && batch.JobId is not null)
        {
            await using var mark = Command(connection, transaction, Mark, batch);
            Add(mark, "@won", batch.Standing == AttemptStanding.Won);
            await mark.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task WriteMetricsAsync(
        DbConnection connection, DbTransaction transaction, TrackingBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Metrics.Count == 0)
        {
            return;
        }

        await using var insert = Command(connection, transaction, InsertMetric, batch);
        var name = Add(insert, "@name");
        var step = Add(insert, "@step");
        var time = Add(insert, "@time");
        var value = Add(insert, "@value");
        var stream = Add(insert, "@stream");
        var offset = Add(insert, "@offset");
        foreach (var metric in batch.Metrics)
        {
            name.Value = metric.Name;
            step.Value = Stored(metric.Step);
            time.Value = metric.Time.UtcTicks;
            value.Value = Stored(metric.Value);
            stream.Value = (object?)metric.Stream ?? DBNull.Value;
            offset.Value = (object?)metric.ByteOffset ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task WriteTextsAsync(
        DbConnection connection,
        DbTransaction transaction,
        TrackingBatch batch,
        string sql,
        IEnumerable<(string Name, string Json, DateTimeOffset Time)> rows,
        CancellationToken cancellationToken)
    {
        await using var insert = Command(connection, transaction, sql, batch);
        var name = Add(insert, "@name");
        var json = Add(insert, "@json");
        var time = Add(insert, "@time");
        foreach (var row in rows)
        {
            (name.Value, json.Value, time.Value) = (row.Name, row.Json, row.Time.UtcTicks);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // SQLite has no NaN: it is kept as NULL, which no value is otherwise.
    private static object Stored(double? value) => value is { } number && !double.IsNaN(number) ? number : DBNull.Value;

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, TrackingBatch batch)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        Add(command, "@run", batch.RunId);
        Add(command, "@job", batch.JobId);
        Add(command, "@attempt", batch.Attempt);
        return command;
    }

    private static DbParameter Add(DbCommand command, string name, object? value = null)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
