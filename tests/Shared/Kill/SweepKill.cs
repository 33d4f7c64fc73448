using Microsoft.Data.Sqlite;

namespace Sandbox.Testing.Kill;

/// <summary>What came of killing a sweep.</summary>
/// <param name="Kills">Processes that were killed.</param>
/// <param name="Trials">Trials of the sweep.</param>
/// <param name="Faults">What was not as it must be; empty where all was.</param>
internal sealed record SweepKillOutcome(int Kills, int Trials, IReadOnlyList<string> Faults);

/// <summary>Kills a sweep at seeded moments, resumes it, and compares its trials with those of an undisturbed sweep.</summary>
/// <param name="sandbox">The command: an executable, or <c>sandbox.dll</c>.</param>
/// <param name="configs">The directory <c>configs</c> of the repository.</param>
/// <param name="arguments">Config and overrides, relative to the parent of <paramref name="configs"/>.</param>
internal sealed class SweepKill(string sandbox, string configs, params string[] arguments)
{
    /// <summary>Works the sweep twice, once undisturbed and once with so many kills.</summary>
    public async Task<SweepKillOutcome> RunAsync(int kills, int seed, CancellationToken cancellationToken)
    {
        using var undisturbed = DemoSite.Create(sandbox, configs);
        await FinishAsync(undisturbed, cancellationToken);
        var expected = Trials(undisturbed);
        using var disturbed = DemoSite.Create(sandbox, configs);
        var random = new Random(seed);
        var done = 0;
        while (done < kills && await KillOneAsync(disturbed, random, expected.Count / (kills + 1), cancellationToken))
        {
            done++;
        }

        await FinishAsync(disturbed, cancellationToken);
        return new SweepKillOutcome(done, expected.Count, [.. Differences(expected, Trials(disturbed)), .. Repeated(disturbed)]);
    }

    // Lines come with the trials that end: some of them are awaited, then a moment that falls anywhere in the next ones.
    private static async Task<bool> KillOneAsync(DemoSite site, Random random, int share, CancellationToken cancellationToken, params string[] start)
    {
        using var process = site.Start(start);
        var lines = random.Next(1, Math.Max(2, share + 1));
        for (var i = 0; i < lines && await process.StandardOutput.ReadLineAsync(cancellationToken) is not null; i++)
        {
        }

        await Task.WhenAny(process.WaitForExitAsync(cancellationToken), Task.Delay(random.Next(0, 1500), cancellationToken));
        if (process.HasExited)
        {
            return false;
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellationToken);
        return true;
    }

    private Task<bool> KillOneAsync(DemoSite site, Random random, int share, CancellationToken cancellationToken) =>
        KillOneAsync(site, random, share, cancellationToken, Verb(site));

    private string[] Verb(DemoSite site) => File.Exists(Path.Combine(site.Home, "sandbox.db")) && SweepId(site) is { } id
        ? ["resume", id]
        : ["run", .. arguments];

    private async Task FinishAsync(DemoSite site, CancellationToken cancellationToken)
    {
        using var process = site.Start(Verb(site));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The sweep ended with exit code {process.ExitCode}.\n{await output}\n{error}"));
        }
    }

    // A process may die before it has made its tables.
    private static string? SweepId(DemoSite site) =>
        Read(site, "SELECT name FROM sqlite_master WHERE name = 'sandbox_trials'", r => r.GetString(0)).Count == 0
            ? null
            : Read(site, "SELECT Id FROM sandbox_runs WHERE SweepId IS NULL", r => r.GetString(0)).SingleOrDefault();

    private static List<string> Trials(DemoSite site) => Read(
        site,
        """SELECT Number, Parameters, State, "Values" FROM sandbox_trials ORDER BY Number""",
        r => $"{r.GetInt32(0)} {r.GetString(1)} {r.GetString(2)} {r.GetString(3)}");

    private static IEnumerable<string> Differences(List<string> expected, List<string> actual)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var (wanted, got) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (wanted != got)
            {
                yield return $"trial {wanted ?? "-"} became {got ?? "-"}";
            }
        }
    }

    private static List<string> Repeated(DemoSite site) => Read(
        site,
        """
        SELECT RunId, ActivityId, COUNT(*) FROM sandbox_job_records GROUP BY RunId, ActivityId HAVING COUNT(*) > 1
        UNION ALL SELECT RunId, 'trial', COUNT(*) FROM sandbox_trials GROUP BY RunId HAVING COUNT(*) > 1
        """,
        r => $"run {r.GetString(0)}: {r.GetString(1)} came {r.GetInt32(2)} times");

    private static List<T> Read<T>(DemoSite site, string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(site.Home, "sandbox.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
