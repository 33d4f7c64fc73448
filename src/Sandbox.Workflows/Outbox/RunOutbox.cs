using System.Data.Common;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Outbox;

/// <summary>
/// What is to be told of runs elsewhere. Nothing is written while a run is worked: what happened is read from what runs leave,
/// whoever worked them, and put down once. So nothing slows a run, and nothing is lost with the process that tells.
/// </summary>
public sealed class RunOutbox
{
    private const int MostEvents = 500;

    /// <summary>A transaction may be committed after a later one has been seen; and a run that has ended is told of when its
    /// files are published.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly EngineCommits _commits;
    private readonly RunsDatabase _database;
    private readonly TimeProvider _time;

    internal RunOutbox(EngineCommits commits, RunsDatabase database, TimeProvider time) => (_commits, _database, _time) = (commits, database, time);

    /// <summary>Puts down what has happened since the last time. The trials of a sweep belong
    /// to it and are not told of.</summary>
    /// <param name="target">Whom to tell; its name stays the same.</param>
    /// <param name="begin">From when on a target is told that there was none of before.</param>
    /// <param name="compose">Gives what is sent for an event; empty for nothing, null where it is too early.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CollectAsync(string target, DateTimeOffset begin, Func<RunEvent, Task<string?>> compose, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var (began, seen) = await MarkAsync(target, begin, cancellationToken);
        var from = Later(began, seen - Overlap);
        var events = await _commits.ReadAsync(
            connection => Sql.RowsAsync(connection, OutboxSql.Events, OutboxSql.Event, [target, from.UtcTicks, MostEvents], cancellationToken),
            cancellationToken);
        var composed = new List<(RunEvent Event, string Body)>();
        var seenTo = events.Count == MostEvents ? events[^1].At : now;
        foreach (var happened in events)
        {
            if (await compose(happened) is { } body)
            {
                composed.Add((happened, body));
            }
            else if (happened.At < seenTo)
            {
                seenTo = happened.At;
            }
        }

        if (composed.Count > 0 || seenTo - seen > Overlap / 2)
        {
            await PutDownAsync(target, composed, seenTo, from, cancellationToken);
        }
    }

    /// <summary>Takes the next delivery that is due, for as long as the lease lasts: no other server sends it meanwhile, and it is
    /// due again when nothing is heard of this one.</summary>
    /// <returns>Null where nothing is due.</returns>
    public async Task<Delivery?> TakeAsync(string target, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var due = await _commits.ReadAsync(
            connection => Sql.RowsAsync(connection, OutboxSql.IsDue, row => row.GetInt64(0), [target, now.UtcTicks], cancellationToken),
            cancellationToken);
        return due.Count == 0 ? null : await _commits.RunAsync(
            async scope =>
            {
                await using var command = Sql.Command(scope.Connection, scope.Transaction, OutboxSql.Take, target, now.UtcTicks, (now + lease).UtcTicks);
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken)
                    ? new Delivery(row.GetInt64(0), OutboxSql.Event(row, 1), row.GetString(4), row.GetInt32(5))
                    : null;
            },
            cancellationToken);
    }

    /// <summary>Notes that a delivery has arrived.</summary>
    public Task ArrivedAsync(Delivery delivery, CancellationToken cancellationToken) => WriteAsync(
        "UPDATE sandbox_outbox SET DueAt = NULL, Body = '', Failure = NULL WHERE Sequence = @0", cancellationToken, delivery.Sequence);

    /// <summary>Notes why a delivery did not arrive.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="failure">Why.</param>
    /// <param name="next">When it is tried again; null to give it up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task FailedAsync(Delivery delivery, string failure, DateTimeOffset? next, CancellationToken cancellationToken) => WriteAsync(
        "UPDATE sandbox_outbox SET DueAt = @1, Failure = @2 WHERE Sequence = @0", cancellationToken, delivery.Sequence, next?.UtcTicks, failure);

    private async Task<(DateTimeOffset Began, DateTimeOffset Seen)> MarkAsync(string target, DateTimeOffset begin, CancellationToken cancellationToken)
    {
        var marks = await _commits.ReadAsync(
            connection => Sql.RowsAsync(connection, OutboxSql.Mark, Times, [target], cancellationToken), cancellationToken);
        if (marks is [var mark])
        {
            return mark;
        }

        await WriteAsync("INSERT OR IGNORE INTO sandbox_outbox_targets (Target, BeganAt, SeenTo) VALUES (@0, @1, @1)", cancellationToken, target, begin.UtcTicks);
        return (begin, begin);
    }

    private Task PutDownAsync(
        string target, List<(RunEvent Event, string Body)> composed, DateTimeOffset seenTo, DateTimeOffset from, CancellationToken cancellationToken) =>
        _commits.RunAsync(
            async scope =>
            {
                foreach (var ((name, run, at), body) in composed)
                {
                    long? due = body.Length == 0 ? null : scope.Now.UtcTicks;
                    await ExecuteAsync(scope, OutboxSql.Add, cancellationToken, target, run, name, at.UtcTicks, body, due);
                }

                await ExecuteAsync(scope, OutboxSql.MoveMark, cancellationToken, target, seenTo.UtcTicks);
                return await ExecuteAsync(scope, OutboxSql.Tidy, cancellationToken, target, from.UtcTicks);
            },
            cancellationToken);

    private Task WriteAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        _commits.RunAsync(scope => ExecuteAsync(scope, sql, cancellationToken, values), cancellationToken);

    private static async Task<int> ExecuteAsync(CommitScope scope, string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Sql.Command(scope.Connection, scope.Transaction, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static (DateTimeOffset Began, DateTimeOffset Seen) Times(DbDataReader row) =>
        (new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
