using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Persistence;

namespace Sandbox.Workflows.Persistence;

/// <summary>Opens the tables of runs inside a commit of the engine.</summary>
internal static class RunsDatabase
{
    /// <summary>History of this room's migrations.</summary>
    public const string HistoryTable = "__migrations_sandbox";

    /// <summary>A context on the engine's connection and transaction; the engine commits.</summary>
    public static RunsDbContext In(CommitScope scope)
    {
        var options = new DbContextOptionsBuilder<RunsDbContext>().UseSqlite(scope.Connection).Options;
        var context = new RunsDbContext(options);
        context.Database.UseTransaction(scope.Transaction);
        return context;
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
