using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sandbox.Engine.Persistence;

/// <summary>The engine's database: hands out contexts once the tables are up to date, and runs write transactions.</summary>
internal sealed class EngineDatabase : IDisposable
{
    private readonly PooledDbContextFactory<EngineDbContext> _contexts;
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private readonly TimeProvider _time;
    private readonly string _path;
    private volatile bool _isReady;

    public EngineDatabase(EngineStoreOptions options, TimeProvider time)
    {
        _path = Path.GetFullPath(options.DatabasePath);
        _time = time;
        _contexts = new PooledDbContextFactory<EngineDbContext>(Configure(options, _path));
    }

    /// <summary>Transactions of one process queue here: inside SQLite a waiting writer polls and may starve.</summary>
    public SemaphoreSlim WriteGate { get; } = new(1, 1);

    /// <summary>A context on the current schema with an open connection. It tracks nothing unless told to.</summary>
    public async Task<EngineDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        var context = await _contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs work in a write transaction (<c>BEGIN IMMEDIATE</c>); it commits when the work returns and leaves
    /// nothing when it throws.</summary>
    public async Task<T> WriteAsync<T>(
        Func<EngineDbContext, CommitScope, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var context = await OpenAsync(cancellationToken);
        await WriteGate.WaitAsync(cancellationToken);
        try
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var scope = new CommitScope(
                context.Database.GetDbConnection(), transaction.GetDbTransaction(), _time.GetUtcNow());
            var result = await work(context, scope);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            WriteGate.Release();
        }
    }

    public void Dispose()
    {
        WriteGate.Dispose();
        _migrating.Dispose();
    }

    private async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return;
        }

        await _migrating.WaitAsync(cancellationToken);
        try
        {
            if (!_isReady)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
                await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
                await SchemaMigrator.MigrateAsync(context, EngineDbContext.HistoryTable, cancellationToken);
                _isReady = true;
            }
        }
        finally
        {
            _migrating.Release();
        }
    }

    private static DbContextOptions<EngineDbContext> Configure(EngineStoreOptions options, string path)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
        };
        return new DbContextOptionsBuilder<EngineDbContext>()
            .UseSqlite(connectionString.ToString(), sqlite => sqlite.MigrationsHistoryTable(EngineDbContext.HistoryTable))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(new ConnectionSettings(options.BusyTimeout))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
    }
}
