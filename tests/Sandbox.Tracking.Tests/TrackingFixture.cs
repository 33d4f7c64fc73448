using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Tracking;

namespace Sandbox.Tracking.Tests;

/// <summary>A store on a real file, and a writer in a transaction of somebody else's connection.</summary>
public abstract class TrackingFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tracking-").FullName;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected string DatabasePath => Path.Combine(_directory, "home", "sandbox.db");

    protected TrackingStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = NewStore();
        await Store.EnsureReadyAsync(CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Store.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    protected TrackingStore NewStore() => new(new TrackingStoreOptions { DatabasePath = DatabasePath });

    protected LocalWatcher Watcher(string? job = "job", int? attempt = 1, string run = "run") => new(Store, Time, run, job, attempt);

    protected async Task WriteAsync(TrackingBatch batch, bool commit = true)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath}");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await TrackingWriter.WriteAsync(connection, ExecuteAsync, batch, CancellationToken.None);
        if (commit)
        {
            await transaction.CommitAsync();
        }

        async Task<int> ExecuteAsync(string sql, IReadOnlyList<(string Name, object? Value)> values, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, (SqliteTransaction)transaction);
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    protected async Task<List<TrackedMetric>> MetricsAsync(MetricQuery? query = null)
    {
        var metrics = new List<TrackedMetric>();
        await foreach (var metric in Store.MetricsAsync(query ?? new MetricQuery("run"), CancellationToken.None))
        {
            metrics.Add(metric);
        }

        return metrics;
    }
}
