using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sandbox.Testing.Load;

/// <summary>What the database itself says of the runs.</summary>
internal static class LoadLedger
{
    /// <summary>What is lost or doubled.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string database, IReadOnlyCollection<string> runs)
    {
        await using var connection = await OpenAsync(database);
        var faults = new List<string>();
        await IntegrityAsync(connection, database, faults);
        foreach (var run in runs)
        {
            await ExpectAsync(connection, faults, run, "has other jobs", "SELECT COUNT(*) FROM sandbox_job_records WHERE RunId = @run", LoadSite.Jobs);
            await OnceAsync(connection, faults, run);
            await ExpectAsync(connection, faults, run, "has files that were not published", "SELECT COUNT(*) FROM sandbox_artifacts WHERE RunId = @run AND NOT Published", 0);
        }

        return faults;
    }

    /// <summary>Which of these runs did not come to their end, or did something twice.</summary>
    public static async Task<IReadOnlyList<string>> TwiceAsync(string database, IReadOnlyCollection<string> runs)
    {
        await using var connection = await OpenAsync(database);
        var faults = new List<string>();
        foreach (var run in runs)
        {
            await OnceAsync(connection, faults, run);
        }

        return faults;
    }

    /// <summary>What is wrong with a backup that was taken after these runs were answered for.</summary>
    public static async Task<IReadOnlyList<string>> BackupFaultsAsync(string backup, IReadOnlyCollection<string> runs)
    {
        await using var connection = await OpenAsync(backup);
        var faults = new List<string>();
        await IntegrityAsync(connection, backup, faults);
        foreach (var run in runs)
        {
            await ExpectAsync(connection, faults, run, "was answered for before the backup and is not in it", "SELECT COUNT(*) FROM WorkflowInstances WHERE Id = @run", 1);
        }

        return faults;
    }

    private static async Task OnceAsync(SqliteConnection connection, List<string> faults, string run)
    {
        await ExpectAsync(connection, faults, run, "is not finished", "SELECT COUNT(*) FROM WorkflowInstances WHERE Id = @run AND SubStatus = 'Finished'", 1);
        await ExpectAsync(connection, faults, run, "did an activity twice, or not at all", """
            SELECT COUNT(*) FROM (SELECT NodeId FROM ActivityExecutions WHERE InstanceId = @run GROUP BY NodeId
            HAVING COUNT(*) <> 1 OR SUM(Status = 'Completed') <> 1)
            """, 0);
        await ExpectAsync(connection, faults, run, "has a gap in its journal", "SELECT MAX(Sequence) - COUNT(*) FROM Journal WHERE InstanceId = @run", 0);
        await ExpectAsync(connection, faults, run, "still waits for something", "SELECT COUNT(*) FROM Bookmarks WHERE InstanceId = @run", 0);
    }

    private static async Task<SqliteConnection> OpenAsync(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task IntegrityAsync(SqliteConnection connection, string database, List<string> faults)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (await command.ExecuteScalarAsync() is not "ok" and var found)
        {
            faults.Add($"{database} is damaged: {found}");
        }
    }

    private static async Task ExpectAsync(SqliteConnection connection, List<string> faults, string run, string fault, string sql, long expected)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@run", run);
        var found = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        if (found != expected)
        {
            faults.Add(FormattableString.Invariant($"Run {run} {fault} ({found} instead of {expected})."));
        }
    }
}
