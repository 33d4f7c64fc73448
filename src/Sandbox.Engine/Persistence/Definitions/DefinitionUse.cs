using System.Globalization;

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

    private static async Task<int> CountAsync(CommitScope scope, string sql, string id, CancellationToken cancellationToken)
    {
        await using var command = scope.Connection.CreateCommand();
        command.Transaction = scope.Transaction;
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'WorkflowInstances'";
        if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            return 0;
        }

        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@id", id);
        command.Parameters.Add(parameter);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
