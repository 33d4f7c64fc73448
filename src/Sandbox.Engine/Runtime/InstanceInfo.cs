using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Runtime;

/// <summary>A workflow instance, seen from outside.</summary>
public sealed record InstanceInfo
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The version that it runs.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>That version's number.</summary>
    public int Version { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>What it is tied to outside.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Whether it has ended.</summary>
    public WorkflowStatus Status { get; init; }

    /// <summary>Where it stands.</summary>
    public WorkflowSubStatus SubStatus { get; init; }

    /// <summary>Whether a pause was asked for.</summary>
    public bool PauseRequested { get; init; }

    /// <summary>Who works it (process and host), or null; a holder that is known to be dead is none.</summary>
    public string? Holder { get; init; }

    /// <summary>Open incidents.</summary>
    public int IncidentCount { get; init; }

    /// <summary>What it was given.</summary>
    public required JsonObject Input { get; init; }

    /// <summary>What it gives.</summary>
    public required JsonObject Output { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A job, seen from outside.</summary>
public sealed record JobInfo
{
    /// <summary>Its id, which is its activity execution's.</summary>
    public required string Id { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The activity's id.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its path.</summary>
    public required string NodeId { get; init; }

    /// <summary>Its type name.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>The kind of job.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands. A job that a dead worker left as running waits to be taken up again.</summary>
    public JobState State { get; init; }

    /// <summary>The current or last attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>When the next attempt is due, or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? Message { get; init; }

    /// <summary>The activity's inputs.</summary>
    public required JsonObject Inputs { get; init; }

    /// <summary>What it gave, by name in Pascal case.</summary>
    public required JsonObject Outputs { get; init; }

    /// <summary>The variables that were in scope when it was created.</summary>
    public required JsonObject Variables { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last attempt started, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>An execution of an activity, seen from outside.</summary>
public sealed record ActivityExecutionInfo
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The activity's path.</summary>
    public required string NodeId { get; init; }

    /// <summary>The activity's id.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its type name.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Version of the type.</summary>
    public int ActivityVersion { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>The execution that it stands in, or null.</summary>
    public string? ParentId { get; init; }

    /// <summary>The execution that scheduled it, or null.</summary>
    public string? ScheduledBy { get; init; }

    /// <summary>How deep it stands; the workflow is 0.</summary>
    public int Depth { get; init; }

    /// <summary>Where it stands.</summary>
    public ActivityStatus Status { get; init; }

    /// <summary>Its inputs, by camel-case name.</summary>
    public required JsonObject Inputs { get; init; }

    /// <summary>Its outputs, by Pascal-case name.</summary>
    public required JsonObject Outputs { get; init; }

    /// <summary>The ports it left by.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>What it failed on, or null.</summary>
    public JsonObject? Exception { get; init; }

    /// <summary>Faults in it and inside it.</summary>
    public int FaultCount { get; init; }

    /// <summary>Whether it waits on bookmarks.</summary>
    public bool HasBookmarks { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
