using System.Data.Common;

namespace Sandbox.Workflows.Outbox;

/// <summary>The outbox's statements.</summary>
internal static class OutboxSql
{
    /// <summary>Runs that have ended since a time and are not put down for a target yet, oldest first.</summary>
    public const string Events =
        """
        SELECT e.Event, e.RunId, e.At FROM (
            SELECT CASE SubStatus WHEN 'Finished' THEN 'run.finished' WHEN 'Cancelled' THEN 'run.cancelled' ELSE 'run.failed' END AS Event,
                Id AS RunId, FinishedAt AS At
            FROM WorkflowInstances WHERE FinishedAt IS NOT NULL AND FinishedAt >= @1) e
        JOIN sandbox_runs r ON r.Id = e.RunId AND r.SweepId IS NULL
        WHERE NOT EXISTS (SELECT 1 FROM sandbox_outbox o WHERE o.Target = @0 AND o.RunId = e.RunId AND o.Event = e.Event AND o.At = e.At)
        ORDER BY e.At LIMIT @2
        """;

    public const string Add =
        "INSERT OR IGNORE INTO sandbox_outbox (Target, RunId, Event, At, Body, Attempts, DueAt) VALUES (@0, @1, @2, @3, @4, 0, @5)";

    public const string Mark = "SELECT BeganAt, SeenTo FROM sandbox_outbox_targets WHERE Target = @0";

    public const string MoveMark = "UPDATE sandbox_outbox_targets SET SeenTo = @1 WHERE Target = @0 AND SeenTo < @1";

    public const string Tidy = "DELETE FROM sandbox_outbox WHERE Target = @0 AND At < @1 AND DueAt IS NULL";

    public const string IsDue = "SELECT Sequence FROM sandbox_outbox WHERE Target = @0 AND DueAt <= @1 LIMIT 1";

    public const string Take =
        """
        UPDATE sandbox_outbox SET DueAt = @2, Attempts = Attempts + 1
        WHERE Sequence = (SELECT Sequence FROM sandbox_outbox WHERE Target = @0 AND DueAt <= @1 ORDER BY DueAt, Sequence LIMIT 1)
        RETURNING Sequence, Event, RunId, At, Body, Attempts
        """;

    public static RunEvent Event(DbDataReader row) => Event(row, 0);

    public static RunEvent Event(DbDataReader row, int first) =>
        new(row.GetString(first), row.GetString(first + 1), new DateTimeOffset(row.GetInt64(first + 2), TimeSpan.Zero));
}
