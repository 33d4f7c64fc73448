namespace Sandbox.Engine.Jobs;

/// <summary>What a job activity asks of the queue. Inputs of the activity named <c>maxAttempts</c>, <c>backoff</c> and
/// <c>timeout</c>, where given, take precedence.</summary>
public sealed record JobActivityOptions
{
    /// <summary>Which <see cref="IJobHandler"/> runs the job.</summary>
    public required string HandlerKind { get; init; }

    /// <summary>Attempts in all, from 1.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>Pause before the second attempt; it doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one attempt may take; null for as long as it needs.</summary>
    public TimeSpan? Timeout { get; init; }
}
