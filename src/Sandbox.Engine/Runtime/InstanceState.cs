using System.Text.Json.Nodes;

namespace Sandbox.Engine.Runtime;

/// <summary>The part of an instance's state that belongs to no single activity.</summary>
internal sealed class InstanceState
{
    public required string Id { get; init; }

    public required string DefinitionId { get; set; }

    public required string DefinitionVersionId { get; set; }

    public int Version { get; set; }

    public string? Name { get; init; }

    public string? CorrelationId { get; init; }

    public WorkflowStatus Status { get; set; }

    public WorkflowSubStatus SubStatus { get; set; }

    public bool PauseRequested { get; set; }

    public bool CancelRequested { get; set; }

    public JsonObject Input { get; set; } = [];

    public JsonObject Output { get; set; } = [];

    /// <summary>The number of the last journal entry.</summary>
    public long LogSequence { get; set; }

    /// <summary>The number of the last scheduled execution.</summary>
    public long Order { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The fencing token of the last lease.</summary>
    public long Fence { get; set; }

    /// <summary>What lists are sorted by, as the database had it when the state was read; null for a new instance.</summary>
    public (string DefinitionVersionId, WorkflowStatus Status)? Listed { get; init; }
}
