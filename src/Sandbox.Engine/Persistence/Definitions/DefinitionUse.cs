using System.Data.Common;
using System.Globalization;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Persistence;

/// <summary>Which instances run a definition.</summary>
internal static class DefinitionUse
{
    /// <summary>Whether any instance, finished or not, was made from a version.</summary>
    public static async Task<bool> IsUsedAsync(CommitScope scope, string versionId, CancellationToken cancellationToken) =>
        await CountAsync(scope, "SELECT COUNT(*) FROM WorkflowInstances WHERE DefinitionVersionId = @id", versionId, cancellationToken) > 0;

    /// <summary>How many unfinished instances run any version of a definition.</summary>
    public static Task<int> CountUnfinishedAsync(CommitScope scope, string definitionId, CancellationToken cancellationToken) =>
        CountAsync(
            scope,
            "SELECT COUNT(*) FROM WorkflowInstances WHERE DefinitionId = @id AND Status <> 'Finished'",
            definitionId,
            cancellationToken);

    /// <summary>Whether a definition that was read earlier is still what is stored under its version id.</summary>
    public static async Task<bool> IsCurrentAsync(
        CommitScope scope, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        await using var command = Command(scope, "SELECT ContentHash FROM WorkflowDefinitions WHERE Id = @id", definition.Id);
        return await command.ExecuteScalarAsync(cancellationToken) as string == definition.StoredHash;
    }

    private static async Task<int> CountAsync(CommitScope scope, string sql, string id, CancellationToken cancellationToken)
    {
        await using var command = Command(scope, sql, id);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static DbCommand Command(CommitScope scope, string sql, string id)
    {
        var command = scope.Connection.CreateCommand();
        command.Transaction = scope.Transaction;
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@id", id);
        command.Parameters.Add(parameter);
        return command;
    }
}
