namespace Sandbox.Engine.Persistence;

/// <summary>Runs writes of other rooms in transactions of their own, in the one queue of this process's writers.</summary>
public sealed class EngineCommits
{
    private readonly EngineDatabase _database;

    internal EngineCommits(EngineDatabase database) => _database = database;

    /// <summary>Writes all in one transaction.</summary>
    public Task RunAsync(ICommitWork work, CancellationToken cancellationToken) => RunAsync(
        async scope =>
        {
            await work.ApplyAsync(scope, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Writes all in one transaction and gives what the work gives.</summary>
    public Task<T> RunAsync<T>(Func<CommitScope, Task<T>> work, CancellationToken cancellationToken) =>
        _database.WriteAsync((_, scope) => work(scope), cancellationToken);

    /// <summary>Reads on a connection of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<System.Data.Common.DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        return await read(Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(context.Database));
    }
}
