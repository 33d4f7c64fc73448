using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;

namespace Sandbox.Engine.Runtime;

/// <summary>Writes an instance as Elsa's API writes a WorkflowState: active contexts only, innermost first.</summary>
internal static class WorkflowStateJson
{
    public static JsonObject Write(WorkflowExecution workflow)
    {
        var instance = workflow.Instance;
        var json = new JsonObject
        {
            ["id"] = instance.Id,
            ["definitionId"] = instance.DefinitionId,
            ["definitionVersionId"] = instance.DefinitionVersionId,
            ["definitionVersion"] = instance.Version,
            ["correlationId"] = instance.CorrelationId,
            ["name"] = instance.Name,
            ["status"] = instance.Status.ToString(),
            ["subStatus"] = instance.SubStatus.ToString(),
            ["isExecuting"] = false,
            ["bookmarks"] = List(workflow.Bookmarks.Values.OrderBy(b => b.CreatedAt), Bookmark),
            ["incidents"] = List(workflow.Incidents, Incident),
            ["isSystem"] = workflow.Graph.Definition.IsSystem,
            ["completionCallbacks"] = List(workflow.Executions.Values.Where(e => e.Parent is not null).OrderBy(e => e.Order), Callback),
            ["activityExecutionContexts"] = List(workflow.Executions.Values.OrderByDescending(e => e.Order), Context),
            ["scheduledActivities"] = List(
                workflow.Executions.Values.Where(e => e.Status == ActivityStatus.Pending).OrderBy(e => e.Order),
                Scheduled),
            ["executionLogSequence"] = instance.LogSequence,
            ["input"] = instance.Input.DeepClone(),
            ["output"] = instance.Output.DeepClone(),
            ["properties"] = new JsonObject(),
            ["createdAt"] = instance.CreatedAt,
            ["updatedAt"] = instance.UpdatedAt,
        };
        if (instance.FinishedAt is { } finished)
        {
            json["finishedAt"] = finished;
        }

        return json;
    }

    private static JsonObject Bookmark(Bookmark bookmark) => new()
    {
        ["id"] = bookmark.Id,
        ["name"] = bookmark.Name,
        ["hash"] = bookmark.Hash,
        ["payload"] = bookmark.Payload?.DeepClone(),
        ["activityId"] = bookmark.Execution.Node.Id,
        ["activityNodeId"] = bookmark.Execution.Node.NodeId,
        ["activityInstanceId"] = bookmark.Execution.Id,
        ["createdAt"] = bookmark.CreatedAt,
        ["autoBurn"] = true,
        ["autoComplete"] = bookmark.Execution.Node.Behavior is not IResumableActivity,
    };

    private static JsonObject Incident(Incident incident) => new()
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityInstanceId"] = incident.ActivityInstanceId,
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = incident.Exception?.DeepClone(),
        ["timestamp"] = incident.Timestamp,
    };

    private static JsonObject Callback(ActivityExecution execution) => new()
    {
        ["ownerInstanceId"] = execution.Parent!.Id,
        ["childNodeId"] = execution.Node.NodeId,
        ["methodName"] = execution.Parent.Parent is null ? "OnRootCompletedAsync" : "OnChildCompletedAsync",
    };

    private static JsonObject Scheduled(ActivityExecution execution) => new()
    {
        ["activityNodeId"] = execution.Node.NodeId,
        ["ownerContextId"] = execution.Parent?.Id,
        ["existingActivityExecutionContextId"] = execution.Id,
    };

    private static JsonObject Context(ActivityExecution execution)
    {
        var json = new JsonObject { ["id"] = execution.Id, ["callStackDepth"] = execution.Depth };
        if (execution.Parent is { } parent)
        {
            json["parentContextId"] = parent.Id;
        }

        json["scheduledActivityNodeId"] = execution.Node.NodeId;
        if (execution.Parent is { } owner)
        {
            json["ownerActivityNodeId"] = owner.Node.NodeId;
        }

        json["properties"] = Properties(execution);
        json["metadata"] = new JsonObject();
        json["activityState"] = new JsonObject(
            execution.Inputs.Select(p => KeyValuePair.Create(ActivityNames.Pascal(p.Key), p.Value?.DeepClone())));
        json["dynamicVariables"] = new JsonArray(
            [.. (execution.DynamicVariables ?? []).Select(v => new JsonObject { ["name"] = v.Key, ["value"] = v.Value?.DeepClone() })]);
        json["status"] = execution.Status.ToString();
        json["isExecuting"] = false;
        json["faultCount"] = execution.FaultCount;
        json["startedAt"] = execution.StartedAt;
        if (execution.CompletedAt is { } completed)
        {
            json["completedAt"] = completed;
        }

        return json;
    }

    private static JsonNode Properties(ActivityExecution execution)
    {
        var properties = execution.Properties.DeepClone();
        if (properties[VariableScope.Property] is JsonObject variables)
        {
            variables["_type"] = "VariablesDictionary";
        }

        return properties;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> write) => [.. items.Select(write)];
}
