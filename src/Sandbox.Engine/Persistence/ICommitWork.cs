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
public sealed record CommitScope(DbConnection Connection, DbTransaction Transaction, DateTimeOffset Now);
