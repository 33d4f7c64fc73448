using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Http;

namespace Sandbox.Server.Elsa.Executions;

/// <summary>Executions of activities as the API gives them out.</summary>
internal static class ExecutionModel
{
    public static JsonObject Summary(ActivityExecutionInfo execution) => new()
    {
        ["id"] = execution.Id,
        ["workflowInstanceId"] = execution.InstanceId,
        ["activityId"] = execution.ActivityId,
        ["activityNodeId"] = execution.NodeId,
        ["activityType"] = execution.ActivityType,
        ["activityTypeVersion"] = execution.ActivityVersion,
        ["activityName"] = execution.ActivityName,
        ["startedAt"] = execution.StartedAt,
        ["hasBookmarks"] = execution.HasBookmarks,
        ["status"] = execution.Status.ToString(),
        ["aggregateFaultCount"] = execution.FaultCount,
        // Viewers ask again until there is one, also of what faulted.
        ["completedAt"] = execution.CompletedAt ?? (execution.Status == ActivityStatus.Faulted ? execution.StartedAt : null),
        ["metadata"] = new JsonObject(),
    };

    public static JsonObject Record(ActivityExecutionInfo execution)
    {
        var json = Summary(execution);
        json["activityState"] = new JsonObject(
            execution.Inputs.Select(i => KeyValuePair.Create(char.ToUpperInvariant(i.Key[0]) + i.Key[1..], i.Value?.DeepClone())));
        json["payload"] = new JsonObject { ["Outcomes"] = Json.Texts(execution.Outcomes) };
        json["outputs"] = execution.Outputs.DeepClone();
        json["properties"] = new JsonObject();
        json["exception"] = execution.Exception?.DeepClone();
        json["schedulingActivityExecutionId"] = execution.ScheduledBy ?? execution.ParentId;
        json["schedulingActivityId"] = null;
        json["schedulingWorkflowInstanceId"] = null;
        json["callStackDepth"] = execution.Depth;
        return json;
    }

    public static JsonObject Stats(ActivityStats stats) => new()
    {
        ["activityNodeId"] = stats.NodeId,
        ["activityId"] = stats.ActivityId,
        ["startedCount"] = stats.Started,
        ["completedCount"] = stats.Completed,
        ["uncompletedCount"] = stats.Uncompleted,
        ["isBlocked"] = stats.IsBlocked,
        ["isFaulted"] = stats.IsFaulted || stats.FaultCount > 0,
        ["aggregateFaultCount"] = stats.FaultCount,
        ["metadata"] = new JsonObject(),
    };
}
