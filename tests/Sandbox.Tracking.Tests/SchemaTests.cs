using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Tracking.Persistence;

namespace Sandbox.Tracking.Tests;

public sealed class SchemaTests : TrackingFixture
{
    [Fact]
    public async Task The_migrations_make_the_tables_that_the_model_describes()
    {
        await using var context = new TrackingDbContext(
            new DbContextOptionsBuilder<TrackingDbContext>().UseSqlite($"Data Source={DatabasePath}").Options);
        foreach (var type in context.Model.GetEntityTypes())
        {
            var expected = type.GetProperties().Select(p => $"{p.GetColumnName()} {p.GetColumnType()} {(p.IsNullable ? 0 : 1)}").Order();

            (await ColumnsAsync(type.GetTableName()!)).Order().ShouldBe(expected, type.GetTableName());
        }
    }

    [Fact]
    public async Task A_store_of_an_earlier_version_is_brought_up_to_date_and_keeps_what_it_holds()
    {
        await using (var connection = new SqliteConnection($"Data Source={DatabasePath}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                INSERT INTO tracking_attempts (RunId, JobId, Attempt, UpToMetric, UpToResult, Won) VALUES ('r', 'j', 1, 5, 6, 1);
                DROP TABLE tracking_sinks;
                DELETE FROM {TrackingDbContext.HistoryTable} WHERE MigrationId > '0001_Tracking';
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var later = NewStore();
        await later.EnsureReadyAsync(CancellationToken.None);

        (await ColumnsAsync("tracking_sinks")).ShouldNotBeEmpty();
        await using var context = new TrackingDbContext(new DbContextOptionsBuilder<TrackingDbContext>().UseSqlite($"Data Source={DatabasePath}").Options);
        (await context.Attempts.SingleAsync()).UpToMetric.ShouldBe(5);
    }

    private async Task<List<string>> ColumnsAsync(string table)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
        {
            columns.Add($"{reader.GetString(0)} {reader.GetString(1)} {reader.GetInt64(2)}");
        }

        return columns;
    }
}
