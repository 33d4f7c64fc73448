using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Server.Webhooks;

/// <summary>Something that happened to a run.</summary>
/// <param name="Id">The same however often it is sent.</param>
/// <param name="Name"><c>run.started</c>, <c>run.finished</c>, <c>run.failed</c> or <c>run.cancelled</c>.</param>
/// <param name="Body">What is sent.</param>
internal sealed record WebhookEvent(string Id, string Name, JsonObject Body)
{
    /// <summary>What happened to an instance after a time.</summary>
    public static IEnumerable<WebhookEvent> Of(InstanceInfo instance, DateTimeOffset after)
    {
        if (instance.CreatedAt > after)
        {
            yield return Make("run.started", instance, instance.CreatedAt);
        }

        if (instance.FinishedAt is { } ended && ended > after)
        {
            yield return Make(
                instance.SubStatus switch
                {
                    WorkflowSubStatus.Finished => "run.finished",
                    WorkflowSubStatus.Cancelled => "run.cancelled",
                    _ => "run.failed",
                },
                instance,
                ended);
        }
    }

    private static WebhookEvent Make(string name, InstanceInfo instance, DateTimeOffset at) => new(
        string.Create(CultureInfo.InvariantCulture, $"{instance.Id}.{name}.{at.UtcTicks}"),
        name,
        new JsonObject
        {
            ["event"] = name,
            ["at"] = at,
            ["run"] = new JsonObject
            {
                ["id"] = instance.Id,
                ["name"] = instance.Name,
                ["definitionId"] = instance.DefinitionId,
                ["definitionVersionId"] = instance.DefinitionVersionId,
                ["correlationId"] = instance.CorrelationId,
                ["subStatus"] = instance.SubStatus.ToString(),
                ["incidents"] = instance.IncidentCount,
                ["createdAt"] = instance.CreatedAt,
                ["finishedAt"] = instance.FinishedAt,
                ["page"] = $"/runs/{instance.Id}",
            },
        });
}
