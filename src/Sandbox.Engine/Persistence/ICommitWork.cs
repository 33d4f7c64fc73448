using System.Data.Common;

namespace Sandbox.Engine.Persistence;

/// <summary>Writes of another room that belong into a transaction of the engine: either both are there, or neither.</summary>
public interface ICommitWork
{
    /// <summary>Writes. It may run again after a transaction that did not commit, and must not keep the scope.</summary>
    Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken);
}

/// <summary>The engine's open transaction.</summary>
/// <param name="Connection">Its connection.</param>
/// <param name="Transaction">The transaction that every command must carry.</param>
/// <param name="Now">The time of the commit, by the engine's clock.</param>
public sealed record CommitScope(DbConnection Connection, DbTransaction Transaction, DateTimeOffset Now)
{
    /// <summary>The commands that the connection keeps from one transaction to the next; null where it keeps none.</summary>
    internal PreparedCommands? Prepared { get; init; }

    /// <summary>Executes statements with named parameters, which come in the same order for the same text. A text that
    /// comes with every job is prepared once.</summary>
    /// <returns>How many rows changed.</returns>
    public async Task<int> ExecuteAsync(
        string sql, IReadOnlyList<(string Name, object? Value)> values, CancellationToken cancellationToken)
    {
        if (Prepared is not null)
        {
            return await Prepared.Bind(sql, values).ExecuteNonQueryAsync(cancellationToken);
        }

        await using var once = new PreparedCommands(Connection) { Transaction = Transaction };
        return await once.Bind(sql, values).ExecuteNonQueryAsync(cancellationToken);
    }
}
