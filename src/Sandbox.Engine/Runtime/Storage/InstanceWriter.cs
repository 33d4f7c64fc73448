using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Leases;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Writes what a burst changed, inside an open transaction.</summary>
internal static class InstanceWriter
{
    private const string InsertInstance =
        "INSERT INTO WorkflowInstances (Id, DefinitionId, DefinitionVersionId, Version, Name, CorrelationId, Status, SubStatus, "
        + "IncidentCount, PauseRequested, CancelRequested, Input, Output, LogSequence, ExecutionOrder, CreatedAt, UpdatedAt, FinishedAt, Fence) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, 0, 0, 0, @p8, @p9, @p10, @p11, @p12, @p12, NULL, 0)";

    private const string UpdateInstance =
        "UPDATE WorkflowInstances SET SubStatus = @p2, IncidentCount = @p3, Input = @p4, Output = @p5, LogSequence = @p6, "
        + "ExecutionOrder = @p7, UpdatedAt = @p8, FinishedAt = @p9 WHERE Id = @p0 AND Fence = @p1";

    // Apart from the rest: to name an indexed column is to write its indexes anew, in every burst.
    private const string UpdateListed =
        "UPDATE WorkflowInstances SET DefinitionId = @p1, DefinitionVersionId = @p2, Version = @p3, Status = @p4 WHERE Id = @p0";

    private const string InsertExecution =
        "INSERT INTO ActivityExecutions (Id, InstanceId, NodeId, ActivityId, ActivityType, ActivityVersion, ActivityName, ParentId, ScheduledBy, "
        + "Depth, ExecutionOrder, Status, IsActive, Inputs, Outputs, Outcomes, Properties, DynamicVariables, Exception, FaultCount, "
        + "HasBookmarks, StartedAt, CompletedAt) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, "
        + "@p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22)";

    private const string UpdateExecution =
        "UPDATE ActivityExecutions SET Status = @p1, IsActive = @p2, Inputs = @p3, Outputs = @p4, Outcomes = @p5, Properties = @p6, "
        + "Exception = @p7, FaultCount = @p8, HasBookmarks = @p9, StartedAt = @p10, CompletedAt = @p11 WHERE Id = @p0";

    private const string InsertBookmark =
        "INSERT INTO Bookmarks (Id, InstanceId, ActivityInstanceId, ActivityType, Name, Hash, Payload, CreatedAt, DueAt, AwaitsJob) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)";

    private const string InsertJob =
        "INSERT INTO Jobs (Id, InstanceId, ExecutionOrder, Kind, State, Attempt, FirstAttempt, MaxAttempts, Backoff, Timeout, DueAt, Fence, "
        + "Variables, Message, CreatedAt, StartedAt, EndedAt) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, "
        + "@p13, @p14, @p15, @p16)";

    private const string UpdateJob =
        "UPDATE Jobs SET Node = CASE WHEN Attempt = @p2 THEN Node END, State = @p1, Attempt = @p2, FirstAttempt = @p3, DueAt = @p4, Fence = @p5, Message = @p6, StartedAt = @p7, "
        + "EndedAt = @p8 WHERE Id = @p0";

    private const string InsertJournal =
        "INSERT INTO Journal (InstanceId, Sequence, ActivityInstanceId, Timestamp, EventName, Message) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)";

    private const string InsertIncident =
        "INSERT INTO Incidents (ActivityInstanceId, InstanceId, Message, Exception, Timestamp) VALUES (@p0, @p1, @p2, @p3, @p4)";

    /// <summary>Creates the row of a new instance.</summary>
    public static Task InsertAsync(RuntimeSession db, InstanceState state) => db.ExecuteAsync(
        InsertInstance, state.Id, state.DefinitionId, state.DefinitionVersionId, state.Version, state.Name, state.CorrelationId,
        state.Status.ToString(), state.SubStatus.ToString(), Columns.JsonOrNull(state.Input), Columns.JsonOrNull(state.Output),
        state.LogSequence, state.Order, Columns.Ticks(state.CreatedAt));

    /// <summary>Writes all changes.</summary>
    /// <exception cref="LeaseLostException">Another worker holds the instance.</exception>
    public static async Task WriteAsync(RuntimeSession db, WorkflowExecution workflow)
    {
        await UpdateInstanceAsync(db, workflow);
        foreach (var execution in workflow.Changes.Executions)
        {
            await WriteExecutionAsync(db, workflow.Instance.Id, execution);
        }

        foreach (var job in workflow.Changes.Jobs)
        {
            await WriteJobAsync(db, workflow.Instance, job);
        }

        await WriteBookmarksAsync(db, workflow.Instance.Id, workflow.Changes);
        await WriteIncidentsAsync(db, workflow.Instance.Id, workflow.Changes);
        foreach (var entry in workflow.Changes.Journal)
        {
            await WriteJournalAsync(db, workflow.Instance.Id, entry);
        }
    }

    /// <summary>Takes back requests to pause or cancel.</summary>
    public static Task<int> ClearFlagsAsync(RuntimeSession db, string instanceId) => db.ExecuteAsync(
        "UPDATE WorkflowInstances SET PauseRequested = 0, CancelRequested = 0 WHERE Id = @p0", instanceId);

    /// <summary>Leaves nothing of an instance active.</summary>
    public static async Task RetireAsync(RuntimeSession db, string instanceId)
    {
        await db.ExecuteAsync("UPDATE ActivityExecutions SET IsActive = 0 WHERE InstanceId = @p0 AND IsActive = 1", instanceId);
        await db.ExecuteAsync("DELETE FROM Incidents WHERE InstanceId = @p0", instanceId);
        await db.ExecuteAsync("DELETE FROM Bookmarks WHERE InstanceId = @p0", instanceId);
    }

    private static async Task UpdateInstanceAsync(RuntimeSession db, WorkflowExecution workflow)
    {
        var state = workflow.Instance;
        state.UpdatedAt = workflow.Now;
        var rows = await db.ExecuteAsync(
            UpdateInstance, state.Id, state.Fence, state.SubStatus.ToString(), workflow.Incidents.Count,
            Columns.JsonOrNull(state.Input), Columns.JsonOrNull(state.Output), state.LogSequence, state.Order,
            Columns.Ticks(state.UpdatedAt), Columns.Ticks(state.FinishedAt));
        if (rows != 1)
        {
            throw new LeaseLostException(state.Id);
        }

        if (state.Listed != (state.DefinitionVersionId, state.Status))
        {
            await db.ExecuteAsync(
                UpdateListed, state.Id, state.DefinitionId, state.DefinitionVersionId, state.Version, state.Status.ToString());
        }
    }

    private static Task<int> WriteExecutionAsync(RuntimeSession db, string instanceId, ActivityExecution e) =>
        e.IsStored
            ? db.ExecuteAsync(
                UpdateExecution, e.Id, e.Status.ToString(), Columns.Flag(e.IsActive), Columns.JsonOrNull(e.Inputs),
                Columns.JsonOrNull(e.Outputs), OutcomesText(e), Columns.JsonOrNull(e.Properties), Columns.Json(e.Exception),
                e.FaultCount, Columns.Flag(e.Bookmarks.Count > 0), Columns.Ticks(e.StartedAt), Columns.Ticks(e.CompletedAt))
            : db.ExecuteAsync(
                InsertExecution, e.Id, instanceId, e.Node.NodeId, e.Node.Id, e.Node.Type, e.Node.Version, e.Node.Name, e.Parent?.Id,
                e.ScheduledBy, e.Depth, e.Order, e.Status.ToString(), Columns.Flag(e.IsActive), Columns.JsonOrNull(e.Inputs),
                Columns.JsonOrNull(e.Outputs), OutcomesText(e), Columns.JsonOrNull(e.Properties), Columns.Json(e.DynamicVariables),
                Columns.Json(e.Exception), e.FaultCount, Columns.Flag(e.Bookmarks.Count > 0), Columns.Ticks(e.StartedAt),
                Columns.Ticks(e.CompletedAt));

    private static Task<int> WriteJobAsync(RuntimeSession db, InstanceState instance, JobTicket job) =>
        job.IsStored
            ? db.ExecuteAsync(
                UpdateJob, job.Id, job.State.ToString(), job.Attempt, job.FirstAttempt, Columns.Ticks(job.DueAt), instance.Fence,
                job.Message, Columns.Ticks(job.StartedAt), Columns.Ticks(job.EndedAt))
            : db.ExecuteAsync(
                InsertJob, job.Id, instance.Id, job.Execution.Order, job.Kind, job.State.ToString(), job.Attempt, job.FirstAttempt,
                job.MaxAttempts, job.Backoff.Ticks, job.Timeout?.Ticks, Columns.Ticks(job.DueAt), instance.Fence,
                Columns.JsonOrNull(job.Variables), job.Message, Columns.Ticks(job.CreatedAt), Columns.Ticks(job.StartedAt),
                Columns.Ticks(job.EndedAt));

    private static async Task WriteBookmarksAsync(RuntimeSession db, string instanceId, BurstChanges changes)
    {
        foreach (var bookmark in changes.RemovedBookmarks)
        {
            await db.ExecuteAsync("DELETE FROM Bookmarks WHERE Id = @p0", bookmark.Id);
        }

        foreach (var bookmark in changes.AddedBookmarks)
        {
            await db.ExecuteAsync(
                InsertBookmark, bookmark.Id, instanceId, bookmark.Execution.Id, bookmark.Execution.Node.Type, bookmark.Name,
                bookmark.Hash, Columns.Json(bookmark.Payload), Columns.Ticks(bookmark.CreatedAt), Columns.Ticks(bookmark.DueAt),
                Columns.Flag(bookmark.AwaitsJob));
        }
    }

    private static async Task WriteIncidentsAsync(RuntimeSession db, string instanceId, BurstChanges changes)
    {
        foreach (var execution in changes.SettledIncidents)
        {
            await db.ExecuteAsync("DELETE FROM Incidents WHERE ActivityInstanceId = @p0", execution.Id);
        }

        foreach (var incident in changes.Incidents)
        {
            await db.ExecuteAsync(
                InsertIncident, incident.ActivityInstanceId, instanceId, incident.Message, Columns.Json(incident.Exception),
                Columns.Ticks(incident.Timestamp));
        }
    }

    private static Task<int> WriteJournalAsync(RuntimeSession db, string instanceId, JournalEvent entry) => db.ExecuteAsync(
        InsertJournal, instanceId, entry.Sequence, entry.Execution.Id, Columns.Ticks(entry.Timestamp), entry.EventName, entry.Message);

    private static string? OutcomesText(ActivityExecution execution) =>
        execution.Outcomes is null ? null : string.Join('\n', execution.Outcomes);
}
