using Sandbox.Core.Tracking;

namespace Sandbox.Tracking;

/// <summary>Which of an attempt's records are there to stay.</summary>
public enum AttemptStanding
{
    /// <summary>The attempt goes on: what it recorded counts until a later attempt begins.</summary>
    Running,

    /// <summary>A durable step ended: what the attempt recorded so far counts, whichever attempt wins.</summary>
    StepFinished,

    /// <summary>The attempt has won: of the job's other attempts only their finished steps count.</summary>
    Won,
}

/// <summary>A result to be stored.</summary>
/// <param name="MetaName">The name that it was watched under.</param>
/// <param name="Json">The result as JSON (also NaN and Infinity).</param>
/// <param name="Time">When it was watched.</param>
public sealed record PendingResult(string MetaName, string Json, DateTimeOffset Time);

/// <summary>Configs to be stored.</summary>
/// <param name="Prefix">The prefix that they were watched under.</param>
/// <param name="Json">The configs as JSON (also NaN and Infinity).</param>
/// <param name="Time">When they were watched.</param>
public sealed record PendingConfigs(string Prefix, string Json, DateTimeOffset Time);

/// <summary>What one commit adds to the store. It may be written again after a transaction that did not commit.</summary>
public sealed record TrackingBatch
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The job; null for what belongs to the run as a whole.</summary>
    public string? JobId { get; init; }

    /// <summary>The job's attempt; null without a job.</summary>
    public int? Attempt { get; init; }

    /// <summary>Metrics in the order in which they were measured.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Results in the order in which they were watched.</summary>
    public IReadOnlyList<PendingResult> Results { get; init; } = [];

    /// <summary>Configs in the order in which they were watched.</summary>
    public IReadOnlyList<PendingConfigs> Configs { get; init; } = [];

    /// <summary>How the attempt stands after this commit.</summary>
    public AttemptStanding Standing { get; init; }

    /// <summary>Whether the attempt has begun again after its process died: what it had recorded outside of finished steps
    /// will come once more and goes. What was read from a log stays, since reading goes on where it stopped.</summary>
    public bool StartsOver { get; init; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty =>
        Metrics.Count == 0 && Results.Count == 0 && Configs.Count == 0 && Standing == AttemptStanding.Running && !StartsOver;
}
