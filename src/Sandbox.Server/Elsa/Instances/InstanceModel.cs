using System.Text.Json.Nodes;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Runtime;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Instances and their journal as the API gives them out.</summary>
internal static class InstanceModel
{
    public static JsonObject Summary(InstanceInfo instance) => new()
    {
        ["id"] = instance.Id,
        ["definitionId"] = instance.DefinitionId,
        ["definitionVersionId"] = instance.DefinitionVersionId,
        ["version"] = instance.Version,
        ["status"] = instance.Status.ToString(),
        ["subStatus"] = instance.SubStatus.ToString(),
        ["correlationId"] = instance.CorrelationId,
        ["name"] = instance.Name,
        ["incidentCount"] = instance.IncidentCount,
        ["isExecuting"] = instance.Holder is not null,
        ["createdAt"] = instance.CreatedAt,
        ["updatedAt"] = instance.UpdatedAt,
        ["finishedAt"] = instance.FinishedAt,
    };

    public static JsonObject Full(InstanceInfo instance, JsonObject state)
    {
        var json = Summary(instance);
        json["isSystem"] = false;
        json["workflowState"] = state;
        return json;
    }

    public static JsonObject Line(string instanceId, JournalEntry entry) => new()
    {
        ["id"] = FormattableString.Invariant($"{instanceId}-{entry.Sequence}"),
        ["workflowInstanceId"] = instanceId,
        ["activityInstanceId"] = entry.ActivityInstanceId,
        ["parentActivityInstanceId"] = entry.ParentActivityInstanceId,
        ["activityId"] = entry.ActivityId,
        ["activityType"] = entry.ActivityType,
        ["activityTypeVersion"] = entry.ActivityVersion,
        ["activityName"] = entry.ActivityName,
        ["nodeId"] = entry.NodeId,
        ["timestamp"] = entry.Timestamp,
        ["sequence"] = entry.Sequence,
        ["eventName"] = entry.EventName,
        ["message"] = entry.Message,
        ["source"] = null,
        ["activityState"] = null,
        ["payload"] = null,
    };
}
