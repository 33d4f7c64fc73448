using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Triggers;

/// <summary>The triggers of published definitions. They change in the transaction that publishes or retracts.</summary>
public sealed class TriggerStore
{
    private const string Select =
        "SELECT DefinitionId, DefinitionVersionId, ActivityId, ActivityType, Hash, Inputs, NextAt FROM WorkflowTriggers ";

    private readonly EngineDatabase _database;
    private readonly TimeProvider _time;

    internal TriggerStore(EngineDatabase database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>Triggers of one type.</summary>
    public Task<List<StoredTrigger>> OfTypeAsync(string activityType, CancellationToken cancellationToken) =>
        ReadAsync(Select + "WHERE ActivityType = @p0", cancellationToken, activityType);

    /// <summary>Triggers that a stimulus finds.</summary>
    public Task<List<StoredTrigger>> FindAsync(string hash, CancellationToken cancellationToken) =>
        ReadAsync(Select + "WHERE Hash = @p0", cancellationToken, hash);

    /// <summary>Triggers that are due, oldest first.</summary>
    public Task<List<StoredTrigger>> DueAsync(CancellationToken cancellationToken) =>
        ReadAsync(Select + "WHERE NextAt <= @p0 ORDER BY NextAt", cancellationToken, _time.GetUtcNow().UtcTicks);

    /// <summary>All triggers with a time to come, soonest first.</summary>
    public Task<List<StoredTrigger>> ScheduledAsync(CancellationToken cancellationToken) =>
        ReadAsync(Select + "WHERE NextAt IS NOT NULL ORDER BY NextAt", cancellationToken);

    /// <summary>Moves a due trigger to its next time. Whoever comes second moves nothing.</summary>
    /// <returns>Whether it was moved.</returns>
    public Task<bool> AdvanceAsync(StoredTrigger trigger, DateTimeOffset? next, CancellationToken cancellationToken) =>
        _database.WriteAsync(async (_, scope) => await AdvanceAsync(scope, trigger, next, cancellationToken), cancellationToken);

    internal static async Task<bool> AdvanceAsync(
        CommitScope scope, StoredTrigger trigger, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        await using var command = Command(
            scope.Connection, scope.Transaction,
            "UPDATE WorkflowTriggers SET NextAt = @p0 WHERE DefinitionId = @p1 AND ActivityId = @p2 AND NextAt = @p3",
            next?.UtcTicks, trigger.DefinitionId, trigger.ActivityId, trigger.NextAt?.UtcTicks);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Puts the triggers of a definition in the place of those it had. One that is unchanged keeps its time.</summary>
    internal static async Task ReplaceAsync(CommitScope scope, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var before = await RowsAsync(
            scope.Connection, scope.Transaction, Select + "WHERE DefinitionId = @p0", cancellationToken, definition.DefinitionId);
        await RemoveAsync(scope, definition.DefinitionId, cancellationToken);
        foreach (var trigger in TriggerIndex.Of(definition))
        {
            var same = before.Find(t => t.ActivityId == trigger.ActivityId && t.ActivityType == trigger.ActivityType && JsonNode.DeepEquals(t.Inputs, trigger.Inputs));
            var next = same is not null ? same.NextAt : First(trigger, scope.Now);
            await using var command = Command(
                scope.Connection, scope.Transaction,
                "INSERT INTO WorkflowTriggers (DefinitionId, DefinitionVersionId, ActivityId, ActivityType, Hash, Inputs, NextAt) "
                + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)",
                trigger.DefinitionId, trigger.DefinitionVersionId, trigger.ActivityId, trigger.ActivityType, trigger.Hash,
                trigger.Inputs.ToJsonString(), next?.UtcTicks);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    internal static async Task RemoveAsync(CommitScope scope, string definitionId, CancellationToken cancellationToken)
    {
        await using var command = Command(
            scope.Connection, scope.Transaction, "DELETE FROM WorkflowTriggers WHERE DefinitionId = @p0", definitionId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DateTimeOffset? First(StoredTrigger trigger, DateTimeOffset now) =>
        Schedule.Has(trigger.ActivityType) ? Schedule.Parse(trigger.ActivityType, trigger.Input).Next(now) : null;

    private async Task<List<StoredTrigger>> ReadAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        return await RowsAsync(
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(context.Database), null, sql, cancellationToken, values);
    }

    private static async Task<List<StoredTrigger>> RowsAsync(
        DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Command(connection, transaction, sql, values);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var triggers = new List<StoredTrigger>();
        while (await row.ReadAsync(cancellationToken))
        {
            triggers.Add(new StoredTrigger(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                JsonNode.Parse(row.GetString(5))!.AsObject(), row.IsDBNull(6) ? null : new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero)));
        }

        return triggers;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>Moves a due trigger on in the transaction that creates its run: however many servers look, one run comes of it.</summary>
/// <param name="trigger">The trigger as it was due.</param>
/// <param name="next">When it is due next, or null.</param>
public sealed class AdvanceTrigger(StoredTrigger trigger, DateTimeOffset? next) : ICommitWork
{
    /// <inheritdoc />
    /// <exception cref="TriggerTakenException">Another server was first.</exception>
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        if (!await TriggerStore.AdvanceAsync(scope, trigger, next, cancellationToken))
        {
            throw new TriggerTakenException(trigger.ActivityId);
        }
    }
}

/// <summary>Another server has seen to a due trigger; nothing was written.</summary>
public sealed class TriggerTakenException(string activityId) : Exception($"The trigger {activityId} was seen to by another server.");
