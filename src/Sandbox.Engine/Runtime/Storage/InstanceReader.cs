using System.Data.Common;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Loads an instance: its active part only, which is what the next burst needs.</summary>
internal static class InstanceReader
{
    internal const string InstanceColumns =
        "Id, DefinitionId, DefinitionVersionId, Version, Name, CorrelationId, Status, SubStatus, PauseRequested, CancelRequested, "
        + "Input, Output, LogSequence, ExecutionOrder, CreatedAt, UpdatedAt, FinishedAt, Fence";

    private const string SelectExecutions =
        "SELECT Id, NodeId, ParentId, ScheduledBy, ExecutionOrder, Status, Inputs, Outputs, Properties, DynamicVariables, Exception, "
        + "FaultCount, StartedAt, CompletedAt FROM ActivityExecutions WHERE InstanceId = @p0 AND IsActive = 1 ORDER BY ExecutionOrder";

    private const string SelectBookmarks =
        "SELECT Id, ActivityInstanceId, Name, Hash, Payload, CreatedAt, DueAt, AwaitsJob FROM Bookmarks WHERE InstanceId = @p0 "
        + "ORDER BY CreatedAt";

    private const string JobColumns =
        "Id, Kind, State, Attempt, FirstAttempt, MaxAttempts, Backoff, Timeout, DueAt, CreatedAt, StartedAt, Variables";

    private const string SelectOpenJobs =
        $"SELECT {JobColumns} FROM Jobs WHERE InstanceId = @p0 AND State IN ('Queued', 'Running') ORDER BY ExecutionOrder";

    internal const string SelectIncidents =
        "SELECT i.ActivityInstanceId, e.ActivityId, e.NodeId, e.ActivityType, i.Message, i.Exception, i.Timestamp FROM Incidents i "
        + "JOIN ActivityExecutions e ON e.Id = i.ActivityInstanceId WHERE i.InstanceId = @p0 ORDER BY i.Timestamp";

    /// <summary>The instance's own row, or null where there is none.</summary>
    public static async Task<InstanceState?> FindAsync(RuntimeSession db, string instanceId) =>
        (await db.QueryAsync($"SELECT {InstanceColumns} FROM WorkflowInstances WHERE Id = @p0", MapInstance, instanceId))
        .SingleOrDefault();

    /// <summary>Fills an instance with its active executions, bookmarks, open jobs and incidents.</summary>
    public static async Task FillAsync(RuntimeSession db, WorkflowExecution workflow)
    {
        var id = workflow.Instance.Id;
        await db.QueryAsync(SelectExecutions, row => AddExecution(workflow, row), id);
        await db.QueryAsync(SelectBookmarks, row => AddBookmark(workflow, row), id);
        foreach (var job in await db.QueryAsync(SelectOpenJobs, row => MapJob(workflow, row), id))
        {
            // What a dead worker left running is waiting again; the attempt goes on under its number.
            job.State = JobState.Queued;
            workflow.Jobs.Add(job.Id, job);
        }

        workflow.Incidents.AddRange(await db.QueryAsync(SelectIncidents, MapIncident, id));
    }

    /// <summary>A job of the instance in any state, for a retry.</summary>
    public static async Task<JobTicket?> FindJobAsync(RuntimeSession db, WorkflowExecution workflow, string jobId) =>
        (await db.QueryAsync($"SELECT {JobColumns} FROM Jobs WHERE Id = @p0", row => MapJob(workflow, row), jobId)).SingleOrDefault();

    internal static Incident MapIncident(DbDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(0), row.GetString(4),
        row.IsDBNull(5) ? null : row.Map(5), row.Time(6));

    internal static InstanceState MapInstance(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        DefinitionId = row.GetString(1),
        DefinitionVersionId = row.GetString(2),
        Version = row.GetInt32(3),
        Name = row.Text(4),
        CorrelationId = row.Text(5),
        Status = row.Name<WorkflowStatus>(6),
        SubStatus = row.Name<WorkflowSubStatus>(7),
        PauseRequested = row.Flag(8),
        CancelRequested = row.Flag(9),
        Input = row.Map(10),
        Output = row.Map(11),
        LogSequence = row.GetInt64(12),
        Order = row.GetInt64(13),
        CreatedAt = row.Time(14),
        UpdatedAt = row.Time(15),
        FinishedAt = row.MaybeTime(16),
        Fence = row.GetInt64(17),
        Listed = (row.GetString(2), row.Name<WorkflowStatus>(6)),
    };

    private static ActivityExecution AddExecution(WorkflowExecution workflow, DbDataReader row)
    {
        var parent = row.Text(2) is { } parentId ? workflow.Executions[parentId] : null;
        var execution = new ActivityExecution(row.GetString(0), workflow.Graph.Find(row.GetString(1)), parent)
        {
            ScheduledBy = row.Text(3),
            Order = row.GetInt64(4),
            Status = row.Name<ActivityStatus>(5),
            Inputs = row.Map(6),
            Outputs = row.IsDBNull(7) ? null : row.Map(7),
            Properties = row.Map(8),
            DynamicVariables = row.IsDBNull(9) ? null : row.Map(9),
            Exception = row.IsDBNull(10) ? null : row.Map(10),
            FaultCount = row.GetInt32(11),
            StartedAt = row.Time(12),
            CompletedAt = row.MaybeTime(13),
            IsStored = true,
        };
        workflow.Attach(execution);
        if (execution.Status == ActivityStatus.Pending)
        {
            workflow.Enqueue(execution);
        }

        return execution;
    }

    private static Bookmark AddBookmark(WorkflowExecution workflow, DbDataReader row)
    {
        var execution = workflow.Executions[row.GetString(1)];
        var bookmark = new Bookmark
        {
            Id = row.GetString(0),
            Execution = execution,
            Name = row.GetString(2),
            Hash = row.GetString(3),
            Payload = row.IsDBNull(4) ? null : row.Map(4),
            CreatedAt = row.Time(5),
            DueAt = row.MaybeTime(6),
            AwaitsJob = row.Flag(7),
        };
        workflow.Attach(bookmark);
        return bookmark;
    }

    private static JobTicket MapJob(WorkflowExecution workflow, DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Execution = workflow.Executions[row.GetString(0)],
        Kind = row.GetString(1),
        State = row.Name<JobState>(2),
        Attempt = row.GetInt32(3),
        FirstAttempt = row.GetInt32(4),
        MaxAttempts = row.GetInt32(5),
        Backoff = TimeSpan.FromTicks(row.GetInt64(6)),
        Timeout = row.MaybeSpan(7),
        DueAt = row.MaybeTime(8),
        CreatedAt = row.Time(9),
        StartedAt = row.MaybeTime(10),
        Variables = row.Map(11),
        IsStored = true,
    };
}
