using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <content>Requests: pause, cancel, retry, restart, events. Whoever works the instance sees them within a second.</content>
public sealed partial class WorkflowRuntime
{
    /// <summary>No further job starts; those that run finish.</summary>
    public Task PauseAsync(string instanceId, CancellationToken cancellationToken) =>
        FlagAsync(
            instanceId,
            "UPDATE WorkflowInstances SET PauseRequested = 1, SubStatus = CASE WHEN LeaseHolder IS NULL THEN 'Suspended' ELSE SubStatus END "
            + "WHERE Id = @p0 AND Status = 'Running'",
            cancellationToken);

    /// <summary>Takes back a pause. A run that has returned as paused must be run again.</summary>
    public Task UnpauseAsync(string instanceId, CancellationToken cancellationToken) =>
        FlagAsync(instanceId, "UPDATE WorkflowInstances SET PauseRequested = 0 WHERE Id = @p0", cancellationToken);

    /// <summary>Cancels an instance: at once where nobody works it, else whoever does tells its handlers to end. One that
    /// faulted is given up: it cannot be retried any more. Nothing happens to an instance that has ended otherwise.</summary>
    public async Task CancelAsync(string instanceId, CancellationToken cancellationToken)
    {
        await FlagAsync(
            instanceId, "UPDATE WorkflowInstances SET CancelRequested = 1 WHERE Id = @p0 AND Status = 'Running'", cancellationToken);
        try
        {
            await ExclusivelyAsync(
                instanceId,
                async (session, workflow) =>
                {
                    if (workflow.Instance is { Status: WorkflowStatus.Running } or { SubStatus: WorkflowSubStatus.Faulted })
                    {
                        workflow.CancelInstance();
                        await WriteAsync(session, workflow, [], cancellationToken);
                    }

                    return true;
                },
                cancellationToken);
        }
        catch (InstanceBusyException)
        {
            // Its holder sees the flag.
        }
    }

    /// <summary>Gives faulted activities another try, and takes up what ended with the fault. Run the instance afterwards.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="jobId">One faulted job; null for all that faulted.</param>
    /// <param name="fromScratch">Whether the jobs' recorded steps are forgotten.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many activities get another try.</returns>
    /// <exception cref="InvalidOperationException">Nothing there can be tried again.</exception>
    /// <exception cref="InstanceBusyException">A live process works it.</exception>
    public Task<int> RetryAsync(string instanceId, string? jobId, bool fromScratch, CancellationToken cancellationToken) =>
        ExclusivelyAsync(
            instanceId,
            async (session, workflow) =>
            {
                var retry = new InstanceRetry(session, workflow);
                var count = await retry.PrepareAsync(jobId);
                await session.WriteAsync(
                    async _ =>
                    {
                        await InstanceWriter.WriteAsync(session, workflow);
                        await InstanceWriter.ClearFlagsAsync(session, instanceId);
                        if (fromScratch)
                        {
                            await retry.ForgetStepsAsync();
                        }
                    },
                    cancellationToken);
                return count;
            },
            cancellationToken);

    /// <summary>Takes from all other nodes what jobs of the instance have there, for a node that does not come back: the jobs
    /// go on here as after a crash, as far as anything of them can be found.</summary>
    public Task DisownAsync(string instanceId, CancellationToken cancellationToken) =>
        FlagAsync(instanceId, "UPDATE Jobs SET Node = NULL WHERE InstanceId = @p0", cancellationToken);

    /// <summary>Starts an instance over, under another version of its definition: what was active is cancelled, its
    /// history stays. Run the instance afterwards.</summary>
    /// <exception cref="InstanceBusyException">A live process works it.</exception>
    public Task RestartAsync(
        string instanceId,
        string definitionVersionId,
        JsonObject inputs,
        IReadOnlyList<ICommitWork> work,
        CancellationToken cancellationToken) =>
        ExclusivelyAsync(
            instanceId,
            async (session, workflow) =>
            {
                var graph = await _services.GraphAsync(definitionVersionId, cancellationToken);
                workflow.CancelInstance();
                var restarted = new WorkflowExecution(workflow.Instance, graph, _services.Time, EngineIds.New);
                restarted.Restart(inputs);
                await session.WriteAsync(
                    async scope =>
                    {
                        await InstanceWriter.WriteAsync(session, workflow);
                        await InstanceWriter.RetireAsync(session, instanceId);
                        await InstanceWriter.WriteAsync(session, restarted);
                        await InstanceWriter.ClearFlagsAsync(session, instanceId);
                        await ApplyAsync(work, scope, cancellationToken);
                    },
                    cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Publishes an event to all instances that wait for it.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="payload">What comes with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="instanceId">The only instance that it is meant for; null for all.</param>
    /// <returns>The instances that it reaches; those that nobody works must be run.</returns>
    public Task<IReadOnlyList<string>> PublishEventAsync(
        string eventName, JsonNode? payload, CancellationToken cancellationToken, string? instanceId = null) =>
        ResumeAsync(EventHash(eventName), payload, cancellationToken, instanceId);

    /// <summary>By what an event finds its triggers and bookmarks.</summary>
    public static string EventHash(string eventName) => BookmarkHash.Compute(Event.TypeName, Event.Stimulus(eventName));

    /// <summary>Brings a stimulus to all instances that wait for it.</summary>
    /// <param name="hash">By what it finds them.</param>
    /// <param name="payload">What comes with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="instanceId">The only instance that it is meant for; null for all.</param>
    /// <returns>The instances that it reaches; those that nobody works must be run.</returns>
    public async Task<IReadOnlyList<string>> ResumeAsync(
        string hash, JsonNode? payload, CancellationToken cancellationToken, string? instanceId = null)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        return await session.WriteAsync(
            async scope =>
            {
                var instances = await session.QueryAsync(
                    "SELECT DISTINCT InstanceId FROM Bookmarks WHERE Hash = @p0 AND ResumedAt IS NULL "
                    + "AND InstanceId IN (SELECT Id FROM WorkflowInstances WHERE Status = 'Running')",
                    row => row.GetString(0),
                    hash);
                string[] meant = [.. instances.Where(id => instanceId is null || id == instanceId)];
                foreach (var id in meant)
                {
                    await session.ExecuteAsync(
                        "UPDATE Bookmarks SET ResumedAt = @p2, ResumeInput = @p3 WHERE Hash = @p0 AND InstanceId = @p1 AND ResumedAt IS NULL",
                        hash, id, Columns.Ticks(scope.Now), Columns.Json(payload));
                }

                return (IReadOnlyList<string>)meant;
            },
            cancellationToken);
    }

    /// <summary>Brings a stimulus to one bookmark; run its instance afterwards.</summary>
    /// <returns>False where it does not wait any more.</returns>
    public async Task<bool> ResumeBookmarkAsync(string bookmarkId, JsonNode? payload, CancellationToken cancellationToken)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        return await session.WriteAsync(
            async scope => await session.ExecuteAsync(
                "UPDATE Bookmarks SET ResumedAt = @p1, ResumeInput = @p2 WHERE Id = @p0 AND ResumedAt IS NULL "
                + "AND InstanceId IN (SELECT Id FROM WorkflowInstances WHERE Status = 'Running')",
                bookmarkId, Columns.Ticks(scope.Now), Columns.Json(payload)) == 1,
            cancellationToken);
    }

    private async Task FlagAsync(string instanceId, string sql, CancellationToken cancellationToken)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        var exists = await session.WriteAsync(
            async _ => await session.ExecuteAsync(sql, instanceId) == 1 || await InstanceReader.FindAsync(session, instanceId) is not null,
            cancellationToken);
        if (!exists)
        {
            throw NoInstance(instanceId);
        }
    }
}
