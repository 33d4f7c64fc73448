using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sandbox.Engine.Persistence;

/// <summary>
/// Brings a context's tables in a SQLite file up to date. All that is missing is done in one write transaction, in which
/// a second process finds it done; a process that dies in it leaves nothing behind. (EF's own migrator takes a lock row
/// that survives a killed process.)
/// </summary>
public static class SchemaMigrator
{
    /// <summary>Applies what is missing. Where nothing is, that is one query and the EF model is not built.</summary>
    /// <param name="context">A context on SQLite with a history table of its own
    /// (<c>MigrationsHistoryTable</c>); its migrations stand in its assembly.</param>
    /// <param name="historyTable">The name of that table.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public static async Task MigrateAsync(DbContext context, string historyTable, CancellationToken cancellationToken)
    {
        var known = KnownMigrations(context.GetType());
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = context.Database.GetDbConnection();
            if (known.IsSubsetOf(await AppliedAsync(connection, null, historyTable, cancellationToken)))
            {
                return;
            }

            await ExecuteAsync(connection, "PRAGMA journal_mode=WAL;", cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var applied = await AppliedAsync(connection, transaction.GetDbTransaction(), historyTable, cancellationToken);
            await ApplyAsync(context, applied, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static HashSet<string> KnownMigrations(Type context) =>
    [
        .. context.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
    ];

    private static async Task<HashSet<string>> AppliedAsync(
        DbConnection connection, DbTransaction? transaction, string historyTable, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{historyTable}'";
        if (await command.ExecuteScalarAsync(cancellationToken) is not > 0L)
        {
            return [];
        }

        command.CommandText = $"SELECT MigrationId FROM \"{historyTable}\"";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            applied.Add(rows.GetString(0));
        }

        return applied;
    }

    private static async Task ApplyAsync(DbContext context, HashSet<string> applied, CancellationToken cancellationToken)
    {
        var history = context.GetService<IHistoryRepository>();
        var assembly = context.GetService<IMigrationsAssembly>();
        var sql = context.GetService<IMigrationsSqlGenerator>();
        var connection = context.GetService<IRelationalConnection>();
        await context.Database.ExecuteSqlRawAsync(history.GetCreateIfNotExistsScript(), cancellationToken);
        foreach (var (id, type) in assembly.Migrations.Where(m => !applied.Contains(m.Key)))
        {
            var migration = assembly.CreateMigration(type, context.Database.ProviderName!);
            foreach (var command in sql.Generate(migration.UpOperations))
            {
                await command.ExecuteNonQueryAsync(connection, cancellationToken: cancellationToken);
            }

            await context.Database.ExecuteSqlRawAsync(
                history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), cancellationToken);
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
