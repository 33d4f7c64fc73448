using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sandbox.Tracking.Persistence;

/// <summary>Hands out contexts once the tables are up to date.</summary>
internal sealed class TrackingDatabase : IDisposable
{
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private readonly DbContextOptions<TrackingDbContext> _options;
    private readonly string _path;
    private volatile bool _isReady;

    public TrackingDatabase(TrackingStoreOptions options)
    {
        _path = Path.GetFullPath(options.DatabasePath);
        _options = new DbContextOptionsBuilder<TrackingDbContext>()
            .UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = _path }.ToString(),
                sqlite => sqlite.MigrationsHistoryTable(TrackingDbContext.HistoryTable))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(options.Connections ?? new Settings(options.BusyTimeout))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
    }

    public async Task<TrackingDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        return new TrackingDbContext(_options);
    }

    public async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return;
        }

        await _migrating.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            await using var context = new TrackingDbContext(_options);
            await MigrateAsync(context, cancellationToken);
            _isReady = true;
        }
        finally
        {
            _migrating.Release();
        }
    }

    public void Dispose() => _migrating.Dispose();

    // In one write transaction: a second process finds the work done, a killed one leaves nothing behind. EF's own
    // migrator takes a lock row that would survive the kill.
    private static async Task MigrateAsync(TrackingDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var last = context.GetService<IMigrationsAssembly>().Migrations.Keys.Last();
        if (await LastAppliedAsync(context, cancellationToken) == last)
        {
            return;
        }

        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var applied = await LastAppliedAsync(context, cancellationToken);
        if (applied != last)
        {
            await ApplyAsync(context, applied, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    // One by one: EF's own script from one migration to another takes only names that begin with a date.
    private static async Task ApplyAsync(TrackingDbContext context, string? applied, CancellationToken cancellationToken)
    {
        var (history, assembly) = (context.GetService<IHistoryRepository>(), context.GetService<IMigrationsAssembly>());
        var (sql, connection) = (context.GetService<IMigrationsSqlGenerator>(), context.GetService<IRelationalConnection>());
        await context.Database.ExecuteSqlRawAsync(history.GetCreateIfNotExistsScript(), cancellationToken);
        foreach (var (id, type) in assembly.Migrations.Where(m => string.CompareOrdinal(m.Key, applied) > 0))
        {
            foreach (var command in sql.Generate(assembly.CreateMigration(type, context.Database.ProviderName!).UpOperations))
            {
                await command.ExecuteNonQueryAsync(connection, cancellationToken: cancellationToken);
            }

            await context.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), cancellationToken);
        }
    }

    private static async Task<string?> LastAppliedAsync(TrackingDbContext context, CancellationToken cancellationToken)
    {
        await using var command = Command(
            context, $"SELECT COUNT(*) FROM sqlite_master WHERE name = '{TrackingDbContext.HistoryTable}'");
        if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            return null;
        }

        command.CommandText = $"SELECT MAX(MigrationId) FROM {TrackingDbContext.HistoryTable}";
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static DbCommand Command(TrackingDbContext context, string sql)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        return command;
    }

    /// <summary>Settings that SQLite keeps per connection: durable commits, and writers that wait for another.</summary>
    private sealed class Settings(TimeSpan busyTimeout) : DbConnectionInterceptor
    {
        private readonly string _sql = string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA busy_timeout={(long)busyTimeout.TotalMilliseconds}; PRAGMA synchronous=FULL;");

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = _sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
