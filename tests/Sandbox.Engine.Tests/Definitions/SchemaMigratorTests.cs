using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class SchemaMigratorTests : IDisposable
{
    private readonly EngineFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Many_openers_at_once_make_the_tables_once()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => _file.Open()).ToList();

        await Task.WhenAll(databases.Select(database => Task.Run(async () =>
        {
            await using var context = await database.OpenAsync(CancellationToken.None);
        })));

        var migrations = typeof(EngineDbContext).Assembly.GetTypes()
            .Count(type => type.IsSubclassOf(typeof(Microsoft.EntityFrameworkCore.Migrations.Migration)));
        Scalar($"SELECT COUNT(*) FROM {EngineDbContext.HistoryTable}").ShouldBe(migrations);
        Scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'").ShouldBe(0);
    }

    [Fact]
    public async Task Connections_write_ahead_and_through_to_the_disk()
    {
        await using var context = await _file.Open().OpenAsync(CancellationToken.None);

        (await Pragma(context, "journal_mode")).ShouldBe("wal");
        (await Pragma(context, "synchronous")).ShouldBe(2L);
    }

    [Fact]
    public async Task A_half_done_migration_of_a_killed_process_leaves_nothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        await using (var connection = _file.Connect())
        {
            Execute(connection, "BEGIN IMMEDIATE");
            Execute(connection, "CREATE TABLE WorkflowDefinitions (Id TEXT)");
        }

        await using var context = await _file.Open().OpenAsync(CancellationToken.None);

        (await context.Set<DefinitionRow>().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_up_to_date_file_is_only_read()
    {
        await (await _file.Open().OpenAsync(CancellationToken.None)).DisposeAsync();
        await using var blocker = _file.Connect();
        Execute(blocker, "BEGIN IMMEDIATE");

        await using var context = await _file.Open().OpenAsync(CancellationToken.None);

        (await context.Set<DefinitionRow>().CountAsync()).ShouldBe(0);
        Execute(blocker, "ROLLBACK");
    }

    [Fact]
    public async Task The_columns_are_those_of_the_mapping()
    {
        await using var context = await _file.Open().OpenAsync(CancellationToken.None);

        foreach (var entity in context.Model.GetEntityTypes())
        {
            var columns = entity.GetProperties().Select(property => property.GetColumnName());
            Columns(entity.GetTableName()!).ShouldBe(columns, ignoreOrder: true);
        }
    }

    private List<string> Columns(string table)
    {
        using var connection = _file.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private long Scalar(string sql)
    {
        using var connection = _file.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task<object?> Pragma(EngineDbContext context, string name)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return await command.ExecuteScalarAsync();
    }
}
