using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Runs;

/// <summary>The states of a run and of a job, as people and programs see them.</summary>
public static class RunStates
{
    /// <summary>Created, not yet worked.</summary>
    public const string Pending = "pending";

    /// <summary>Being worked by a living process.</summary>
    public const string Running = "running";

    /// <summary>Unfinished and worked by nobody: it can be resumed.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Paused by a user.</summary>
    public const string Paused = "paused";

    /// <summary>Waiting for an event.</summary>
    public const string Suspended = "suspended";

    /// <summary>Done.</summary>
    public const string Finished = "finished";

    /// <summary>A job failed for good.</summary>
    public const string Failed = "failed";

    /// <summary>Cancelled by a user.</summary>
    public const string Cancelled = "cancelled";
}

/// <summary>A run as people and programs see it.</summary>
public sealed record RunView
{
    /// <summary>Id, 16 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Project and experiment.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="RunStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The YAML, full path; null for a run of a definition.</summary>
    public string? Config { get; init; }

    /// <summary>What relative paths mean.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>The version of the definition that ran.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Its jobs in the order in which they started; empty in lists.</summary>
    public IReadOnlyList<JobView> Jobs { get; init; } = [];
}

/// <summary>A job of a run: one execution of one hook activity.</summary>
public sealed record JobView
{
    /// <summary>Id, 16 hex digits; for a job that has not started, the activity's.</summary>
    public required string Id { get; init; }

    /// <summary>The hook activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Name of the hook.</summary>
    public required string Hook { get; init; }

    /// <summary>Pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Stage: probe, refine, execute or evaluate.</summary>
    public required string Stage { get; init; }

    /// <summary>Place in the stage, from 0.</summary>
    public required int Index { get; init; }

    /// <summary><c>meta_name</c> or null.</summary>
    public string? MetaName { get; init; }

    /// <summary>Iteration, from 1.</summary>
    public int Iteration { get; init; } = 1;

    /// <summary>One of <see cref="RunStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>The attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Start of the newest attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End of the newest attempt.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the newest attempt failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Results by name.</summary>
    public JsonObject? Outputs { get; init; }

    /// <summary>The Python environment that its programs ran in: manager, name, version of Python and the packages that were
    /// installed; null where it had none of its own.</summary>
    public JsonObject? Environment { get; init; }

    /// <summary>Where the result is from: <c>run</c>, <c>reused</c> or <c>file</c>; null before it is there.</summary>
    public string? Origin { get; init; }
}
