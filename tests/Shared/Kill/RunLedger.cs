using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sandbox.Testing.Kill;

/// <summary>Reads a home's database and logs as a stranger would: with SQL and by eye.</summary>
internal static class RunLedger
{
    /// <summary>The id of the run, or null where none was recorded yet.</summary>
    public static async Task<string?> FindRunAsync(string home, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(home, "sandbox_runs", "SELECT Id, ConfigPath FROM sandbox_runs ORDER BY CreatedAt", cancellationToken);
        return rows.Count switch
        {
            0 => null,
            1 => rows[0][0],
            _ => throw new InvalidOperationException($"One run was started, {rows.Count} are recorded in {home}."),
        };
    }

    /// <summary>What finished jobs recorded, by job.</summary>
    public static async Task<Dictionary<string, string>> RecordsAsync(string home, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(
            home, "sandbox_job_records", "SELECT JobId, Outputs || ' ' || Inputs || ' ' || RecordedAt FROM sandbox_job_records", cancellationToken);
        return rows.ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
    }

    /// <summary>What is wrong with the run's history: a job that ran after its result was there, one without a result, a
    /// record that is gone.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(KilledRun run, DemoSite site, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var id = await FindRunAsync(site.Home, cancellationToken) ?? throw new InvalidOperationException("No run is recorded.");
        var jobs = await RowsAsync(site.Home, "Jobs", "SELECT Id, State, EndedAt FROM Jobs WHERE Kind = 'sandbox.hook'", cancellationToken);
        foreach (var job in jobs)
        {
            if (job[1] != "Completed")
            {
                faults.Add($"Job {job[0]} is {job[1]}.");
                continue;
            }

            var ended = new DateTimeOffset(long.Parse(job[2], CultureInfo.InvariantCulture), TimeSpan.Zero);
            var log = Path.Combine(site.Home, "runs", id, "logs", $"{job[0]}.log");
            var starts = File.ReadLines(log).Where(line => line.Contains(" starts (fence ", StringComparison.Ordinal)).Select(Time).ToList();
            var late = starts.Count(start => start > ended);
            if (starts.Count == 0 || late > 0)
            {
                faults.Add($"Job {job[0]}: {starts.Count} start(s) in its log, {late} of them after its result was committed.");
            }
        }

        await AddJournalFaultsAsync(site.Home, faults, cancellationToken);
        var records = await RecordsAsync(site.Home, cancellationToken);
        faults.AddRange(run.RecordedBefore.Where(r => records.GetValueOrDefault(r.Key) != r.Value)
            .Select(r => $"Job {r.Key}: what it had recorded is gone or different."));
        return faults;
    }

    /// <summary>How many attempts the jobs' logs tell of; those beyond one a job were cut short by a kill.</summary>
    public static int CountStarts(DemoSite site) => Directory
        .EnumerateFiles(Path.Combine(site.Home, "runs"), "*.log", SearchOption.AllDirectories)
        .Sum(log => File.ReadLines(log).Count(line => line.Contains(" starts (fence ", StringComparison.Ordinal)));

    private static async Task AddJournalFaultsAsync(string home, List<string> faults, CancellationToken cancellationToken)
    {
        var twice = await RowsAsync(
            home,
            "Journal",
            "SELECT ActivityInstanceId, EventName, COUNT(*) FROM Journal WHERE EventName IN ('Started', 'Completed') GROUP BY 1, 2 HAVING COUNT(*) > 1",
            cancellationToken);
        faults.AddRange(twice.Select(row => $"Activity execution {row[0]}: {row[1]} {row[2]} times in the journal."));
    }

    private static DateTimeOffset Time(string line) =>
        DateTimeOffset.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    private static async Task<List<string[]>> RowsAsync(string home, string table, string sql, CancellationToken cancellationToken)
    {
        var path = Path.Combine(home, "sandbox.db");
        var rows = new List<string[]>();
        if (!File.Exists(path))
        {
            return rows;
        }

        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        await using var connection = new SqliteConnection(source.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM sqlite_master WHERE name = '{table}'";
        if (await command.ExecuteScalarAsync(cancellationToken) is not > 0L)
        {
            return rows;
        }

        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? string.Empty)]);
        }

        return rows;
    }
}
