using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sandbox.Engine.Persistence;

namespace Sandbox.Workflows.Persistence;

/// <summary>The tables of runs: hands out contexts once the tables are up to date.</summary>
internal sealed class RunsDatabase(EngineStoreOptions options) : IDbContextFactory<RunsDbContext>
{
    private const string HistoryTable = "__migrations_sandbox";
    private readonly DbContextOptions<RunsDbContext> _options = Configure(options);
    private volatile bool _isReady;

    /// <summary>Brings the tables up to date.</summary>
    public async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.DatabasePath))!);
        await using var context = new RunsDbContext(_options);
        await SchemaMigrator.MigrateAsync(context, HistoryTable, cancellationToken);
        _isReady = true;
    }

    public RunsDbContext CreateDbContext() => new(_options);

    public async Task<RunsDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await EnsureReadyAsync(cancellationToken);
        return CreateDbContext();
    }

    /// <summary>A context on the engine's connection and transaction; the engine commits.</summary>
    public static RunsDbContext In(CommitScope scope)
    {
        var options = new DbContextOptionsBuilder<RunsDbContext>().UseSqlite(scope.Connection).Options;
        var context = new RunsDbContext(options);
        context.Database.UseTransaction(scope.Transaction);
        return context;
    }

    private static DbContextOptions<RunsDbContext> Configure(EngineStoreOptions options)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(options.DatabasePath) };
        return new DbContextOptionsBuilder<RunsDbContext>()
            .UseSqlite(connectionString.ToString(), sqlite => sqlite.MigrationsHistoryTable(HistoryTable))
            .AddInterceptors(new ConnectionSettings(options.BusyTimeout))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
    }
}

/// <summary>Rows that ride in the engine's commit.</summary>
internal sealed class RowsCommit(params object[] rows) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await using var db = RunsDatabase.In(scope);
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
    }
}
