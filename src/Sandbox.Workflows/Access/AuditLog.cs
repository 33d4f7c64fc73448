using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Access;

/// <summary>A line of the audit log.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The key's id and name, or <c>local</c>.</param>
/// <param name="Address">From where.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">What was asked.</param>
/// <param name="Status">The answer's status code.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string? Address, string Method, string Path, int Status);

/// <summary>Who changed or ran what through the server.</summary>
public sealed class AuditLog
{
    private readonly EngineCommits _commits;
    private readonly RunsDatabase _database;

    internal AuditLog(EngineCommits commits, RunsDatabase database) => (_commits, _database) = (commits, database);

    /// <summary>Adds a line.</summary>
    public async Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        await _commits.RunAsync(
            async scope =>
            {
                await using var command = Sql.Command(
                    scope.Connection, scope.Transaction,
                    "INSERT INTO sandbox_audit (At, Who, Address, Method, Path, Status) VALUES (@0, @1, @2, @3, @4, @5)",
                    entry.At.UtcTicks, entry.Who, entry.Address, entry.Method, entry.Path, entry.Status);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>The newest lines first.</summary>
    public async Task<List<AuditEntry>> ListAsync(int most, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        return await _commits.ReadAsync(
            connection => Sql.RowsAsync(
                connection,
                "SELECT At, Who, Address, Method, Path, Status FROM sandbox_audit ORDER BY Sequence DESC LIMIT @0",
                row => new AuditEntry(
                    new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
                    row.GetString(3), row.GetString(4), row.GetInt32(5)),
                [most],
                cancellationToken),
            cancellationToken);
    }
}
