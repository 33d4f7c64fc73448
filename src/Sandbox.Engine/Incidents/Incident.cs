using System.Text.Json.Nodes;

namespace Sandbox.Engine.Incidents;

/// <summary>An activity that faulted.</summary>
/// <param name="ActivityId">The activity's id.</param>
/// <param name="NodeId">Its path.</param>
/// <param name="ActivityType">Its type name.</param>
/// <param name="ActivityInstanceId">The execution that faulted; of a job activity, the job's id.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Exception">Type, message and stack trace, as Elsa writes them; null where a person can mend it.</param>
/// <param name="Timestamp">When.</param>
public sealed record Incident(
    string ActivityId,
    string NodeId,
    string ActivityType,
    string ActivityInstanceId,
    string Message,
    JsonObject? Exception,
    DateTimeOffset Timestamp);
