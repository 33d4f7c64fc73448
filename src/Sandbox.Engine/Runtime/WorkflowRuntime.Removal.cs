using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <content>What changes an instance from outside: removing it, and setting its variables.</content>
public sealed partial class WorkflowRuntime
{
    private static readonly string[] InstanceTables = ["Journal", "Incidents", "Bookmarks", "ActivityExecutions"];

    /// <summary>Removes an instance with all that the engine knows of it, together with the caller's own deletions.</summary>
    /// <returns>False where there is no such instance.</returns>
    /// <exception cref="InstanceBusyException">A live process works it: cancel it first.</exception>
    public async Task<bool> DeleteAsync(string instanceId, IReadOnlyList<ICommitWork> work, CancellationToken cancellationToken)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        using var holder = LeaseHolder.New();
        if (await _services.Leases.TakeAsync(session, instanceId, holder, cancellationToken) is not { } fence)
        {
            return false;
        }

        return await session.WriteAsync(
            async scope =>
            {
                await session.ExecuteAsync("DELETE FROM JobSteps WHERE JobId IN (SELECT Id FROM Jobs WHERE InstanceId = @p0)", instanceId);
                await session.ExecuteAsync("DELETE FROM Jobs WHERE InstanceId = @p0", instanceId);
                foreach (var table in InstanceTables)
                {
                    await session.ExecuteAsync($"DELETE FROM {table} WHERE InstanceId = @p0", instanceId);
                }

                var rows = await session.ExecuteAsync("DELETE FROM WorkflowInstances WHERE Id = @p0 AND Fence = @p1", instanceId, fence);
                await ApplyAsync(work, scope, cancellationToken);
                return rows == 1;
            },
            cancellationToken);
    }

    /// <summary>Sets variables of the workflow itself, while nobody works the instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="values">The values by the variables' ids.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InstanceBusyException">A live process works it: pause it first.</exception>
    /// <exception cref="InvalidOperationException">It has ended, or a variable does not exist or takes no such value.</exception>
    public Task SetVariablesAsync(string instanceId, JsonObject values, CancellationToken cancellationToken) =>
        ExclusivelyAsync(
            instanceId,
            async (session, workflow) =>
            {
                var root = workflow.Executions.Values.FirstOrDefault(e => e.Parent is null && e.IsActive)
                    ?? throw new InvalidOperationException($"Workflow instance {instanceId} has ended: its variables cannot be set any more.");
                foreach (var (id, value) in values)
                {
                    Set(root, id, value);
                }

                workflow.Touch(root);
                await WriteAsync(session, workflow, [], cancellationToken);
                return true;
            },
            cancellationToken);

    private static void Set(ActivityExecution root, string id, JsonNode? value)
    {
        try
        {
            _ = VariableScope.Set(root, id, value) ?? throw new InvalidOperationException($"The workflow has no variable {id}.");
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"Variable {id}: {e.Message}", e);
        }
    }
}
