using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Bookmarks;

/// <summary>A place where an execution waits, in memory.</summary>
internal sealed class Bookmark
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Hash { get; init; }

    public JsonObject? Payload { get; init; }

    public required ActivityExecution Execution { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it resumes by itself, or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether only the result of a job resumes it.</summary>
    public bool AwaitsJob { get; init; }
}
