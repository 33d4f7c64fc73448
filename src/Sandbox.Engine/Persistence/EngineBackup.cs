using Microsoft.Data.Sqlite;

namespace Sandbox.Engine.Persistence;

/// <summary>Copies of the database, taken and put back while it is in use.</summary>
public sealed class EngineBackup
{
    private readonly EngineDatabase _database;
    private readonly EngineStoreOptions _options;

    internal EngineBackup(EngineDatabase database, EngineStoreOptions options) => (_database, _options) = (database, options);

    /// <summary>Writes a copy as it is at one moment; others write on meanwhile.</summary>
    /// <param name="path">The file; it must not exist yet.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="IOException">The file exists.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} exists already.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = $"{path}.unfinished";
        File.Delete(unfinished);
        await using (var context = await _database.OpenAsync(cancellationToken))
        {
            await using var command = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(context.Database).CreateCommand();
            command.CommandText = "VACUUM INTO @path";
            command.Parameters.Add(new SqliteParameter("@path", unfinished));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
    }

    /// <summary>Puts a copy in the place of the database, in one transaction. What was written since is gone.</summary>
    /// <exception cref="InvalidDataException">The file is no copy of such a database, or damaged.</exception>
    public async Task RestoreAsync(string path, CancellationToken cancellationToken)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var from = new SqliteConnection(source.ToString());
        await CheckAsync(path, from, cancellationToken);
        await using var context = await _database.OpenAsync(cancellationToken);
        await _database.WriteGate.WaitAsync(cancellationToken);
        try
        {
            var to = new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(_options.DatabasePath), DefaultTimeout = (int)_options.BusyTimeout.TotalSeconds, Pooling = false,
            };
            await using var target = new SqliteConnection(to.ToString());
            await target.OpenAsync(cancellationToken);
            from.BackupDatabase(target);
        }
        finally
        {
            _database.WriteGate.Release();
        }
    }

    private static async Task CheckAsync(string path, SqliteConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM \"{EngineDbContext.HistoryTable}\"";
            await command.ExecuteScalarAsync(cancellationToken);
            command.CommandText = "PRAGMA integrity_check";
            if (await command.ExecuteScalarAsync(cancellationToken) as string != "ok")
            {
                throw new InvalidDataException($"{path} is damaged: the database's own check does not pass.");
            }
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException($"{path} is no copy of a sandbox database: {e.Message}", e);
        }
    }
}
