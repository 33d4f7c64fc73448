using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Benchmarks.Server;

/// <summary>A home with many runs: a few that really ran, copied by SQL.</summary>
/// <param name="site">Where it lies.</param>
internal sealed class LargeHome(LoadSite site)
{
    /// <summary>Definitions that are copied.</summary>
    public const int Definitions = 500;

    /// <summary>Instances that are copied.</summary>
    public const int Instances = 10_000;

    /// <summary>Records of activities that each copy has.</summary>
    public const int Records = 100;

    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0}) ";

    /// <summary>A copy in the middle, to be looked at.</summary>
    public static string Instance => "copy-5003";

    /// <summary>Runs one, and copies it.</summary>
    public async Task FillAsync(string server)
    {
        string run;
        using (var process = await ServerProcess.StartAsync(server, site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal)))
        {
            await process.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = await site.DefinitionAsync(), ["publish"] = true });
            run = (await process.PostAsync("/workflows/load"))["workflowInstanceId"]!.GetValue<string>();
            while ((await process.GetAsync($"/elsa/api/workflow-instances/{run}/execution-state"))["status"]!.GetValue<string>() != "Finished")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            await process.StopAsync();
        }

        await CopyAsync(run);
    }

    private async Task CopyAsync(string run)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = site.Database, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await DefinitionsAsync(connection);
        await InstancesAsync(connection, run);
        await RecordsAsync(connection, run);
        await transaction.CommitAsync();
    }

    private static Task DefinitionsAsync(SqliteConnection connection) => CopyAsync(
        connection, "WorkflowDefinitions", Definitions, string.Empty, "IsLatest = 1", new()
        {
            ["Id"] = "'version-' || i", ["DefinitionId"] = "'definition-' || i", ["Name"] = "'Workflow ' || (i * 7919 % 500)", ["CreatedAt"] = "t.CreatedAt + i * 10000000",
        });

    // One in ten failed, one in twenty is cancelled, one in fifty waits.
    private static async Task InstancesAsync(SqliteConnection connection, string run)
    {
        const string state = "CASE WHEN i % 10 = 3 THEN 'Faulted' WHEN i % 20 = 5 THEN 'Cancelled' WHEN i % 50 = 0 THEN 'Suspended' ELSE 'Finished' END";
        var definition = $"'definition-' || (i % {Definitions} + 1)";
        var version = $"'version-' || (i % {Definitions} + 1)";
        await CopyAsync(connection, "WorkflowInstances", Instances, run, "Id = @run", new()
        {
            ["Id"] = "'copy-' || i", ["DefinitionId"] = definition, ["DefinitionVersionId"] = version, ["Name"] = "'run ' || (i * 7919 % 10000)",
            ["Status"] = "CASE WHEN i % 50 = 0 AND i % 20 <> 5 THEN 'Running' ELSE 'Finished' END", ["SubStatus"] = state,
            ["IncidentCount"] = "CASE WHEN i % 10 = 3 THEN 1 ELSE 0 END", ["CorrelationId"] = "'order-' || (i % 100)",
            ["CreatedAt"] = "t.CreatedAt - i * 600000000", ["UpdatedAt"] = "t.UpdatedAt - i * 600000000",
            ["FinishedAt"] = "CASE WHEN i % 50 = 0 THEN NULL ELSE t.FinishedAt - i * 600000000 END",
        });
        await CopyAsync(connection, "sandbox_runs", Instances, run, "Id = @run", new()
        {
            ["Id"] = "'copy-' || i", ["DefinitionVersionId"] = version, ["CreatedAt"] = "t.CreatedAt - i * 60000",
        });
        await CopyAsync(connection, "sandbox_job_records", Instances, run, "RunId = @run", new()
        {
            ["Sequence"] = "NULL", ["RunId"] = "'copy-' || i", ["JobId"] = "t.JobId || '-' || i",
        });
        await CopyAsync(connection, "sandbox_artifacts", Instances, run, "RunId = @run", new()
        {
            ["Sequence"] = "NULL", ["RunId"] = "'copy-' || i", ["JobId"] = "t.JobId || '-' || i",
        });
        await CopyAsync(connection, "Jobs", Instances, run, "InstanceId = @run", new() { ["Id"] = "t.Id || '-' || i", ["InstanceId"] = "'copy-' || i" });
    }

    // The jobs' own executions keep their ids; the rest of each hundred are copies of one of them, as a loop leaves them.
    private static async Task RecordsAsync(SqliteConnection connection, string run)
    {
        await CopyAsync(connection, "ActivityExecutions", Instances, run, "InstanceId = @run", new()
        {
            ["Id"] = "t.Id || '-' || i", ["InstanceId"] = "'copy-' || i", ["ParentId"] = "t.ParentId || '-' || i",
        });
        var more = $"(SELECT {Records} - COUNT(*) FROM ActivityExecutions WHERE InstanceId = @run) * {Instances}";
        await CopyAsync(connection, "ActivityExecutions", more, run, "Id = (SELECT Id FROM Jobs WHERE InstanceId = @run LIMIT 1)", new()
        {
            ["Id"] = "t.Id || '-more-' || i", ["InstanceId"] = $"'copy-' || (i % {Instances} + 1)", ["ExecutionOrder"] = $"1000 + i / {Instances}",
            ["ParentId"] = $"t.ParentId || '-' || (i % {Instances} + 1)",
        });
        await CopyAsync(connection, "Journal", Instances, run, "InstanceId = @run", new()
        {
            ["InstanceId"] = "'copy-' || i", ["ActivityInstanceId"] = "t.ActivityInstanceId || '-' || i",
        });
        await CopyAsync(connection, "Journal", more, run, "InstanceId = @run AND Sequence = 1", new()
        {
            ["InstanceId"] = $"'copy-' || (i % {Instances} + 1)", ["Sequence"] = $"1000 + i / {Instances}",
            ["ActivityInstanceId"] = "(SELECT Id FROM Jobs WHERE InstanceId = @run LIMIT 1) || '-more-' || i",
        });
    }

    private static Task CopyAsync(
        SqliteConnection connection, string table, int copies, string run, string which, Dictionary<string, string> changed) =>
        CopyAsync(connection, table, copies.ToString(System.Globalization.CultureInfo.InvariantCulture), run, which, changed);

    private static async Task CopyAsync(
        SqliteConnection connection, string table, string copies, string run, string which, Dictionary<string, string> changed)
    {
        await using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("@run", run);
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        var columns = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                columns.Add(rows.GetString(0));
            }
        }

        var names = string.Join(", ", columns.Select(c => $"\"{c}\""));
        var values = string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, $"t.\"{c}\"")));
        command.CommandText = string.Format(System.Globalization.CultureInfo.InvariantCulture, Numbers, copies)
            + $"INSERT INTO {table} ({names}) SELECT {values} FROM (SELECT * FROM {table} WHERE {which}) t CROSS JOIN n";
        await command.ExecuteNonQueryAsync();
    }
}
