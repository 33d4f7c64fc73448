using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime;

/// <summary>A request for a new workflow instance.</summary>
/// <param name="DefinitionVersionId">The version of the definition that it runs.</param>
public sealed record CreateInstance(string DefinitionVersionId)
{
    /// <summary>The instance's id; null for a new one of 16 hex digits.</summary>
    public string? InstanceId { get; init; }

    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Ties the instance to something outside.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The workflow's inputs, by name.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The trigger that starts it; null to start at its beginning.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>What came with the trigger.</summary>
    public JsonNode? TriggerInput { get; init; }

    /// <summary>What must be written in the same transaction.</summary>
    public IReadOnlyList<ICommitWork> CommitWork { get; init; } = [];
}
