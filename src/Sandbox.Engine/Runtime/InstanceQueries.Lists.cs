using System.Text.Json.Nodes;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <content>Lists with filters, and what a viewer of an instance asks for.</content>
public sealed partial class InstanceQueries
{
    private const string FromJournal = " FROM Journal j JOIN ActivityExecutions e ON e.Id = j.ActivityInstanceId";

    private const string JournalConditions =
        " WHERE j.InstanceId = @p0 AND (@p1 IS NULL OR e.ActivityId IN (SELECT value FROM json_each(@p1)))"
        + " AND (@p2 IS NULL OR e.NodeId IN (SELECT value FROM json_each(@p2)))"
        + " AND (@p3 IS NULL OR e.ActivityType NOT IN (SELECT value FROM json_each(@p3)))"
        + " AND (@p4 IS NULL OR j.EventName IN (SELECT value FROM json_each(@p4)))";

    private const string SelectStats =
        "SELECT NodeId, ActivityId, SUM(Status <> 'Pending'), SUM(Status = 'Completed'), SUM(Status IN ('Running', 'Pending')), "
        + "MAX(Status = 'Running' AND HasBookmarks = 1), MAX(ExecutionOrder * (Status = 'Faulted')) = MAX(ExecutionOrder), SUM(MAX(FaultCount, 0)) "
        + "FROM ActivityExecutions WHERE InstanceId = @p0 AND (@p1 IS NULL OR NodeId IN (SELECT value FROM json_each(@p1))) GROUP BY NodeId";

    /// <summary>Instances that fit a filter.</summary>
    public async Task<InstancePage> ListAsync(InstanceFilter filter, CancellationToken cancellationToken)
    {
        var conditions = new InstanceConditions(filter);
        var total = await QueryAsync(
            $"SELECT COUNT(*) FROM WorkflowInstances{conditions.Where}", row => row.GetInt32(0), cancellationToken, conditions.Values);
        var (take, skip) = (conditions.Parameter(filter.Take), conditions.Parameter(filter.Skip));
        var items = await QueryAsync(
            $"{InstanceRows.Select}{conditions.Where} ORDER BY {conditions.Order} LIMIT {take} OFFSET {skip}",
            InstanceRows.Map,
            cancellationToken,
            conditions.Values);
        return new InstancePage(items, total[0]);
    }

    /// <summary>Lines of an instance's journal, oldest first.</summary>
    public async Task<JournalPage> JournalAsync(
        string instanceId, JournalFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        object?[] values =
        [
            instanceId, ListOrNull(filter.ActivityIds), ListOrNull(filter.NodeIds), ListOrNull(filter.ExcludedTypes),
            ListOrNull(filter.EventNames),
        ];
        var total = await QueryAsync(
            "SELECT COUNT(*)" + FromJournal + JournalConditions, row => row.GetInt32(0), cancellationToken, values);
        var items = await QueryAsync(
            JournalRows.Select + JournalConditions + " ORDER BY j.Sequence LIMIT @p5 OFFSET @p6",
            JournalRows.Map,
            cancellationToken,
            [.. values, take, skip]);
        return new JournalPage(items, total[0]);
    }

    /// <summary>The newest line of the journal about an activity, or null.</summary>
    public async Task<JournalEntry?> LastJournalEntryAsync(string instanceId, string activityId, CancellationToken cancellationToken) =>
        (await QueryAsync(
            JournalRows.Select + " WHERE j.InstanceId = @p0 AND e.ActivityId = @p1 ORDER BY j.Sequence DESC LIMIT 1",
            JournalRows.Map,
            cancellationToken,
            instanceId, activityId)).SingleOrDefault();

    /// <summary>What became of activities of an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="nodeIds">The activities' paths; null for all that were reached.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<ActivityStats>> StatsAsync(
        string instanceId, IReadOnlyCollection<string>? nodeIds, CancellationToken cancellationToken) =>
        QueryAsync(
            SelectStats,
            row => new ActivityStats(
                row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.Flag(5), row.Flag(6),
                row.GetInt32(7)),
            cancellationToken,
            instanceId, ListOrNull(nodeIds));

    /// <summary>How many executions of an activity there are.</summary>
    /// <param name="instanceId">The instance; null for all.</param>
    /// <param name="activityId">The activity's id; null for all.</param>
    /// <param name="isCompleted">Only those that have ended, or only others; null for both.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<long> CountExecutionsAsync(
        string? instanceId, string? activityId, bool? isCompleted, CancellationToken cancellationToken)
    {
        // One text for all cases would have the database read every record: it plans before it knows what is null.
        var sql = "SELECT COUNT(*) FROM ActivityExecutions WHERE 1"
            + (instanceId is null ? string.Empty : " AND InstanceId = @p0")
            + (activityId is null ? string.Empty : " AND ActivityId = @p1")
            + isCompleted switch { true => " AND CompletedAt IS NOT NULL", false => " AND CompletedAt IS NULL", null => string.Empty };
        return (await QueryAsync(sql, row => row.GetInt64(0), cancellationToken, instanceId, activityId)).Single();
    }

    /// <summary>The values of the workflow's own variables, by id; empty where the instance has not begun.</summary>
    public async Task<JsonObject> VariablesAsync(string instanceId, CancellationToken cancellationToken)
    {
        var properties = await QueryAsync(
            "SELECT Properties FROM ActivityExecutions WHERE InstanceId = @p0 AND ParentId IS NULL ORDER BY ExecutionOrder DESC LIMIT 1",
            row => row.Map(0),
            cancellationToken,
            instanceId);
        return properties is [var root] && root[VariableScope.Property] is JsonObject variables ? variables.DeepClone().AsObject() : [];
    }

    /// <summary>The outputs of the newest execution of an activity type that has completed; null where none has.</summary>
    public async Task<JsonObject?> OutputsAsync(string instanceId, string activityType, CancellationToken cancellationToken) =>
        (await QueryAsync(
            "SELECT Outputs FROM ActivityExecutions WHERE InstanceId = @p0 AND ActivityType = @p1 AND Status = 'Completed' "
            + "ORDER BY ExecutionOrder DESC LIMIT 1",
            row => row.Map(0),
            cancellationToken,
            instanceId, activityType)).SingleOrDefault();

    /// <summary>How many executions of an activity type have completed.</summary>
    public async Task<int> CompletedAsync(string instanceId, string activityType, CancellationToken cancellationToken) =>
        (await QueryAsync(
            "SELECT COUNT(*) FROM ActivityExecutions WHERE InstanceId = @p0 AND ActivityType = @p1 AND Status = 'Completed'",
            row => row.GetInt32(0),
            cancellationToken,
            instanceId, activityType)).Single();

    /// <summary>Bookmarks of a type of activity that wait for a stimulus, oldest first.</summary>
    public Task<List<WaitingBookmark>> WaitingAsync(string activityType, CancellationToken cancellationToken) =>
        QueryAsync(
            "SELECT b.Id, b.InstanceId, b.Payload, w.CorrelationId FROM Bookmarks b JOIN WorkflowInstances w ON w.Id = b.InstanceId "
            + "WHERE b.ActivityType = @p0 AND b.ResumedAt IS NULL AND w.Status = 'Running' ORDER BY b.CreatedAt, b.Id",
            row => new WaitingBookmark(row.GetString(0), row.GetString(1), row.Map(2), row.Text(3)),
            cancellationToken,
            activityType);

    /// <summary>How far instances are. Cheap enough to be asked several times a second.</summary>
    public Task<List<InstanceMark>> MarksAsync(IEnumerable<string> instanceIds, CancellationToken cancellationToken) =>
        QueryAsync(
            "SELECT Id, UpdatedAt, Status FROM WorkflowInstances WHERE Id IN (SELECT value FROM json_each(@p0))",
            row => new InstanceMark(row.GetString(0), row.Time(1), row.Name<WorkflowStatus>(2)),
            cancellationToken,
            InstanceConditions.List(instanceIds));

    /// <summary>How many instances stand where.</summary>
    public async Task<IReadOnlyDictionary<WorkflowSubStatus, int>> CountBySubStatusAsync(CancellationToken cancellationToken) =>
        (await QueryAsync(
            "SELECT SubStatus, COUNT(*) FROM WorkflowInstances GROUP BY SubStatus",
            row => (Status: row.Name<WorkflowSubStatus>(0), Count: row.GetInt32(1)),
            cancellationToken)).ToDictionary(r => r.Status, r => r.Count);

    /// <summary>Instances that nobody works although there is something to do: created, broken off, resumed, or due.</summary>
    /// <param name="idleFor">Only those that have not changed for so long: a process that creates an instance to work it
    /// itself takes it within moments.</param>
    /// <param name="most">At most so many, oldest first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<string>> ReadyAsync(TimeSpan idleFor, int most, CancellationToken cancellationToken)
    {
        var now = _services.Time.GetUtcNow();
        var open = await QueryAsync(
            "SELECT Id, LeaseHolder, LeaseExpiresAt FROM WorkflowInstances w WHERE Status = 'Running' AND UpdatedAt <= @p1 "
            + "AND (CancelRequested = 1 OR (PauseRequested = 0 AND (SubStatus <> 'Suspended' "
            + "OR EXISTS (SELECT 1 FROM Bookmarks b WHERE b.InstanceId = w.Id AND (b.ResumedAt IS NOT NULL OR b.DueAt <= @p0)) "
            + "OR EXISTS (SELECT 1 FROM Jobs j WHERE j.InstanceId = w.Id AND j.State IN ('Queued', 'Running'))))) ORDER BY CreatedAt",
            row => (Id: row.GetString(0), Holder: row.Text(1), Expires: row.MaybeTime(2)),
            cancellationToken,
            now.UtcTicks, (now - idleFor).UtcTicks);
        return [.. open.Where(i => LeaseHolder.IsVoid(i.Holder, i.Expires, now)).Select(i => i.Id).Take(most)];
    }

    private static string? ListOrNull(IReadOnlyCollection<string>? values) => values is null ? null : InstanceConditions.List(values);
}
