using Microsoft.Data.Sqlite;
using Sandbox.Core.Tracking;
using SQLitePCL;

namespace Sandbox.Tracking.Persistence;

/// <summary>Inserts metrics into SQLite by the hundred thousand: one statement for all rows of a batch, and only what changed
/// from row to row is bound anew. It costs a third of a command a row.</summary>
internal sealed class MetricInsert : IDisposable
{
    // In the order of the statement's parameters.
    private const int Run = 1;
    private const int Job = 2;
    private const int Attempt = 3;
    private const int Name = 4;
    private const int Step = 5;
    private const int Time = 6;
    private const int Value = 7;
    private const int Stream = 8;
    private const int Offset = 9;

    private const string Sql =
        """
        INSERT INTO tracking_metrics (RunId, JobId, Attempt, Name, Step, Time, Value, Stream, ByteOffset)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING
        """;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private string? _name;
    private string? _stream;

    public MetricInsert(SqliteConnection connection, TrackingBatch batch)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, Sql, out _statement));
        Text(Run, batch.RunId);
        Text(Job, batch.JobId);
        Check(batch.Attempt is { } attempt ? raw.sqlite3_bind_int(_statement, Attempt, attempt) : raw.sqlite3_bind_null(_statement, Attempt));
        Text(Stream, null);
    }

    public void Add(Metric metric)
    {
        if (metric.Name != _name)
        {
            Text(Name, _name = metric.Name);
        }

        if (metric.Stream != _stream)
        {
            Text(Stream, _stream = metric.Stream);
        }

        Number(Step, metric.Step);
        Number(Value, metric.Value);
        Check(raw.sqlite3_bind_int64(_statement, Time, metric.Time.UtcTicks));
        Check(metric.ByteOffset is { } offset ? raw.sqlite3_bind_int64(_statement, Offset, offset) : raw.sqlite3_bind_null(_statement, Offset));
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            Check(result);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Text(int place, string? text) =>
        Check(text is null ? raw.sqlite3_bind_null(_statement, place) : raw.sqlite3_bind_text(_statement, place, text));

    // SQLite has no NaN: it is kept as NULL, which no value is otherwise.
    private void Number(int place, double? value) => Check(
        value is { } number && !double.IsNaN(number) ? raw.sqlite3_bind_double(_statement, place, number) : raw.sqlite3_bind_null(_statement, place));

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
