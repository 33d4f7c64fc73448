using Microsoft.Data.Sqlite;

namespace Sandbox.Benchmarks.Engine;

/// <summary>The limit of the engine: transactions of the size of a job's commit (a row updated in place, two updated and
/// two inserted of 200 bytes, a bookmark gone and a bookmark come, two lines of journal), prepared once, in a
/// file with the same settings, and nothing else.</summary>
internal sealed class BareSqlite : IDisposable
{
    private static readonly string Body = new('x', 200);
    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private long _last;

    public BareSqlite(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        foreach (var table in (string[])["Instances", "Executions", "Jobs", "Bookmarks", "Journal"])
        {
            Execute($"CREATE TABLE {table} (Id TEXT PRIMARY KEY, Owner TEXT, Body TEXT);");
        }

        Execute($"INSERT INTO Instances VALUES ('1', 'a', '{Body}')");
        Prepare("UPDATE Instances SET Body = @body WHERE Id = '1' AND @new <> @old");
        Prepare("UPDATE Executions SET Body = @body WHERE Id = @old AND @new <> @old");
        Prepare("UPDATE Jobs SET Body = @body WHERE Id = @old AND @new <> @old");
        Prepare("DELETE FROM Bookmarks WHERE Id = @old AND @new <> @body");
        foreach (var table in (string[])["Executions", "Jobs", "Bookmarks", "Journal"])
        {
            Prepare($"INSERT INTO {table} VALUES (@new, @old, @body)");
        }

        Prepare("INSERT INTO Journal VALUES (@new || 'b', @old, @body)");

        // Until the log has been filled once, every commit makes its file longer, which costs the file system more.
        Commit(1000);
    }

    /// <summary>Commits so many transactions.</summary>
    public void Commit(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            foreach (var command in _commands)
            {
                command.Transaction = transaction;
                command.Parameters[0].Value = Key(_last);
                command.Parameters[1].Value = Key(_last + 1);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
            _last++;
        }
    }

    public void Dispose()
    {
        _commands.ForEach(command => command.Dispose());
        _connection.Dispose();
    }

    // Like the engine's ids: sixteen hex digits in no order.
    private static string Key(long number) => unchecked((ulong)number * 0x9E3779B97F4A7C15).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private void Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@old", string.Empty);
        command.Parameters.AddWithValue("@new", string.Empty);
        command.Parameters.AddWithValue("@body", Body);
        _commands.Add(command);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
