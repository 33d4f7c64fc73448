namespace Sandbox.Workflows.Outbox;

/// <summary>The end of a run.</summary>
/// <param name="Name">One of <see cref="RunEvents"/>.</param>
/// <param name="RunId">The run.</param>
/// <param name="At">When.</param>
public sealed record RunEvent(string Name, string RunId, DateTimeOffset At);

/// <summary>What events are called.</summary>
public static class RunEvents
{
    /// <summary>A run has ended well, and its files are published.</summary>
    public const string Finished = "run.finished";

    /// <summary>A run has failed. It may be tried again, and then end once more.</summary>
    public const string Failed = "run.failed";

    /// <summary>A run was cancelled.</summary>
    public const string Cancelled = "run.cancelled";
}

/// <summary>What is to be sent.</summary>
/// <param name="Sequence">Its number, the same in every attempt.</param>
/// <param name="Event">What happened.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Attempt">Attempt, from 1.</param>
public sealed record Delivery(long Sequence, RunEvent Event, string Body, int Attempt);
