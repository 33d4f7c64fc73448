using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>
/// One connection with its prepared commands. Work on it is serialized; transactions of one process queue up at a gate
/// instead of waiting for each other inside the database, which knows no queue.
/// </summary>
internal sealed class RuntimeSession(
    EngineDbContext owner, SemaphoreSlim writeGate, CommitProbe probe, TimeProvider time)
    : IAsyncDisposable
{
    private readonly DbConnection _connection = owner.Database.GetDbConnection();
    private readonly SemaphoreSlim _mutex = new(1, 1);
    private readonly PreparedCommands _commands = new(owner.Database.GetDbConnection());

    /// <summary>Runs work in one transaction; it commits when the work returns and leaves nothing when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<CommitScope, Task<T>> work, CancellationToken cancellationToken)
    {
        await _mutex.WaitAsync(cancellationToken);
        try
        {
            await writeGate.WaitAsync(cancellationToken);
            try
            {
                return await TransactAsync(work, cancellationToken);
            }
            finally
            {
                writeGate.Release();
            }
        }
        finally
        {
            _mutex.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<CommitScope, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async scope =>
            {
                await work(scope);
                return true;
            },
            cancellationToken);

    /// <summary>Reads outside of a transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await _mutex.WaitAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _mutex.Release();
        }
    }

    /// <summary>Executes a statement with the parameters <c>@p0</c>, <c>@p1</c> … and says how many rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, params ReadOnlySpan<object?> values) => _commands.Bind(sql, values).ExecuteNonQueryAsync();

    /// <summary>Reads rows.</summary>
    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> values) =>
        RowsAsync(_commands.Bind(sql, values), map);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await owner.DisposeAsync();
        _mutex.Dispose();
    }

    private async Task<T> TransactAsync<T>(Func<CommitScope, Task<T>> work, CancellationToken cancellationToken)
    {
        // Serializable is BEGIN IMMEDIATE in SQLite: a transaction that reads first cannot lose its right to write.
        await using var transaction = await _connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        _commands.Transaction = transaction;
        try
        {
            var result = await work(new CommitScope(_connection, transaction, time.GetUtcNow()) { Prepared = _commands });
            probe.BeforeCommit();
            await transaction.CommitAsync(cancellationToken);
            probe.AfterCommit();
            return result;
        }
        finally
        {
            _commands.Transaction = null;
        }
    }

    private static async Task<List<T>> RowsAsync<T>(DbCommand command, Func<DbDataReader, T> map)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
