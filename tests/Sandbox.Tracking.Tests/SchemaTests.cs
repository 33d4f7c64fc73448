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
