using System.Data.Common;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Leases;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Rows of instances as others see them.</summary>
internal static class InstanceRows
{
    public const string Select =
        "SELECT Id, DefinitionId, DefinitionVersionId, Version, Name, CorrelationId, Status, SubStatus, PauseRequested, LeaseHolder, "
        + "IncidentCount, Input, Output, CreatedAt, UpdatedAt, FinishedAt FROM WorkflowInstances";

    public static InstanceInfo Map(DbDataReader row) => new()
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
        Holder = LeaseHolder.Living(row.Text(9)),
        IncidentCount = row.GetInt32(10),
        Input = row.Map(11),
        Output = row.Map(12),
        CreatedAt = row.Time(13),
        UpdatedAt = row.Time(14),
        FinishedAt = row.MaybeTime(15),
    };
}

/// <summary>Rows of jobs as others see them.</summary>
internal static class JobRows
{
    public const string Select =
        "SELECT j.Id, j.InstanceId, e.ActivityId, e.NodeId, e.ActivityType, e.ActivityName, j.Kind, j.State, j.Attempt, j.DueAt, j.Message, "
        + "e.Inputs, e.Outputs, j.Variables, j.CreatedAt, j.StartedAt, j.EndedAt, i.LeaseHolder FROM Jobs j "
        + "JOIN ActivityExecutions e ON e.Id = j.Id JOIN WorkflowInstances i ON i.Id = j.InstanceId";

    public static JobInfo Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        InstanceId = row.GetString(1),
        ActivityId = row.GetString(2),
        NodeId = row.GetString(3),
        ActivityType = row.GetString(4),
        ActivityName = row.Text(5),
        Kind = row.GetString(6),
        State = State(row.Name<JobState>(7), row.Text(17)),
        Attempt = row.GetInt32(8),
        DueAt = row.MaybeTime(9),
        Message = row.Text(10),
        Inputs = row.Map(11),
        Outputs = row.Map(12),
        Variables = row.Map(13),
        CreatedAt = row.Time(14),
        StartedAt = row.MaybeTime(15),
        EndedAt = row.MaybeTime(16),
    };

    private static JobState State(JobState stored, string? holder) =>
        stored == JobState.Running && LeaseHolder.Living(holder) is null ? JobState.Queued : stored;
}

/// <summary>Rows of activity executions as others see them.</summary>
internal static class ExecutionRows
{
    public const string Select =
        "SELECT Id, InstanceId, NodeId, ActivityId, ActivityType, ActivityVersion, ActivityName, ParentId, ScheduledBy, Depth, Status, Inputs, "
        + "Outputs, Outcomes, Exception, FaultCount, HasBookmarks, StartedAt, CompletedAt FROM ActivityExecutions";

    public static ActivityExecutionInfo Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        InstanceId = row.GetString(1),
        NodeId = row.GetString(2),
        ActivityId = row.GetString(3),
        ActivityType = row.GetString(4),
        ActivityVersion = row.GetInt32(5),
        ActivityName = row.Text(6),
        ParentId = row.Text(7),
        ScheduledBy = row.Text(8),
        Depth = row.GetInt32(9),
        Status = row.Name<ActivityStatus>(10),
        Inputs = row.Map(11),
        Outputs = row.Map(12),
        Outcomes = row.Text(13)?.Split('\n') ?? [],
        Exception = row.IsDBNull(14) ? null : row.Map(14),
        FaultCount = row.GetInt32(15),
        HasBookmarks = row.Flag(16),
        StartedAt = row.Time(17),
        CompletedAt = row.MaybeTime(18),
    };
}

/// <summary>Rows of the journal.</summary>
internal static class JournalRows
{
    public const string Select =
        "SELECT j.Sequence, j.ActivityInstanceId, e.ParentId, e.ActivityId, e.ActivityType, e.ActivityVersion, e.ActivityName, e.NodeId, "
        + "j.Timestamp, j.EventName, j.Message FROM Journal j JOIN ActivityExecutions e ON e.Id = j.ActivityInstanceId";

    public static JournalEntry Map(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.Text(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.Text(6),
        row.GetString(7), row.Time(8), row.GetString(9), row.Text(10));
}
