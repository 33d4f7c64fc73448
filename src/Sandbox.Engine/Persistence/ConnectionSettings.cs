using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sandbox.Engine.Persistence;

/// <summary>Settings that SQLite keeps per connection: a commit is on the disk before it is reported, and a writer
/// waits for another one instead of failing.</summary>
/// <param name="busyTimeout">How long a writer waits for another process at least.</param>
public sealed class ConnectionSettings(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        WriterWait.Set((SqliteConnection)connection, busyTimeout);
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        WriterWait.Set((SqliteConnection)connection, busyTimeout);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
