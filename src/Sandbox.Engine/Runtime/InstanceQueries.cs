using System.Text.Json.Nodes;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <summary>Looks at instances without touching them.</summary>
public sealed partial class InstanceQueries
{
    private readonly RuntimeServices _services;

    internal InstanceQueries(RuntimeServices services) => _services = services;

    /// <summary>An instance, or null where there is none.</summary>
    public async Task<InstanceInfo?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        (await QueryAsync(InstanceRows.Select + " WHERE Id = @p0", InstanceRows.Map, cancellationToken, instanceId)).SingleOrDefault();

    /// <summary>The instances of these ids that there are, in no order.</summary>
    public Task<List<InstanceInfo>> FindAsync(IEnumerable<string> instanceIds, CancellationToken cancellationToken) =>
        QueryAsync(
            InstanceRows.Select + " WHERE Id IN (SELECT value FROM json_each(@p0))",
            InstanceRows.Map,
            cancellationToken,
            new JsonArray([.. instanceIds.Select(id => (JsonNode?)id)]).ToJsonString());

    /// <summary>Instances, newest first.</summary>
    public Task<List<InstanceInfo>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        QueryAsync(
            InstanceRows.Select + " ORDER BY CreatedAt DESC, Id DESC LIMIT @p1 OFFSET @p0", InstanceRows.Map, cancellationToken, skip, take);

    /// <summary>How many instances there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT COUNT(*) FROM WorkflowInstances", row => row.GetInt32(0), cancellationToken)).Single();

    /// <summary>An instance's jobs, in the order in which their activities were reached.</summary>
    public Task<List<JobInfo>> JobsAsync(string instanceId, CancellationToken cancellationToken) =>
        QueryAsync(JobRows.Select + " WHERE j.InstanceId = @p0 ORDER BY j.ExecutionOrder", JobRows.Map, cancellationToken, instanceId);

    /// <summary>A job's recorded steps.</summary>
    public Task<List<JobStep>> StepsAsync(string jobId, CancellationToken cancellationToken) =>
        QueryAsync(
            "SELECT Number, Name, Result, FinishedAt FROM JobSteps WHERE JobId = @p0 ORDER BY Number",
            row => new JobStep(row.GetInt32(0), row.GetString(1), row.Node(2), row.Time(3)),
            cancellationToken,
            jobId);

    /// <summary>What a step of a name gave, by the ids of the instance's jobs that recorded one.</summary>
    public async Task<IReadOnlyDictionary<string, JsonNode?>> StepResultsAsync(string instanceId, string name, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            "SELECT s.JobId, s.Result FROM JobSteps s JOIN Jobs j ON j.Id = s.JobId WHERE j.InstanceId = @p0 AND s.Name = @p1 ORDER BY s.Number",
            row => (Job: row.GetString(0), Result: row.Node(1)),
            cancellationToken,
            instanceId, name);
        return rows.DistinctBy(r => r.Job).ToDictionary(r => r.Job, r => r.Result, StringComparer.Ordinal);
    }

    /// <summary>An instance's journal, oldest first.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="after">Only entries after this sequence number; 0 for all.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<JournalEntry>> JournalAsync(string instanceId, long after, int take, CancellationToken cancellationToken) =>
        QueryAsync(
            JournalRows.Select + " WHERE j.InstanceId = @p0 AND j.Sequence > @p1 ORDER BY j.Sequence LIMIT @p2",
            JournalRows.Map,
            cancellationToken,
            instanceId, after, take);

    /// <summary>Executions of an instance's activities, oldest first; of one node, or of all.</summary>
    public Task<List<ActivityExecutionInfo>> ExecutionsAsync(string instanceId, string? nodeId, CancellationToken cancellationToken) =>
        QueryAsync(
            ExecutionRows.Select + " WHERE InstanceId = @p0 AND (@p1 IS NULL OR NodeId = @p1) ORDER BY ExecutionOrder",
            ExecutionRows.Map,
            cancellationToken,
            instanceId, nodeId);

    /// <summary>An execution by its id, or null.</summary>
    public async Task<ActivityExecutionInfo?> ExecutionAsync(string activityInstanceId, CancellationToken cancellationToken) =>
        (await QueryAsync(ExecutionRows.Select + " WHERE Id = @p0", ExecutionRows.Map, cancellationToken, activityInstanceId))
        .SingleOrDefault();

    /// <summary>An instance's open incidents, oldest first.</summary>
    public Task<List<Incident>> IncidentsAsync(string instanceId, CancellationToken cancellationToken) =>
        QueryAsync(InstanceReader.SelectIncidents, InstanceReader.MapIncident, cancellationToken, instanceId);

    /// <summary>The instance's state in the shape of Elsa's WorkflowState, or null where there is none.</summary>
    public async Task<JsonObject?> StateAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        var workflow = await _services.LoadAsync(session, instanceId, cancellationToken);
        return workflow is null ? null : WorkflowStateJson.Write(workflow);
    }

    private async Task<List<T>> QueryAsync<T>(
        string sql, Func<System.Data.Common.DbDataReader, T> map, CancellationToken cancellationToken, params object?[] values)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        return await session.ReadAsync(() => session.QueryAsync(sql, map, values), cancellationToken);
    }
}
