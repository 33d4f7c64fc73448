namespace Sandbox.Engine.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Durable and waiting for a worker, perhaps until a due time.</summary>
    Queued,

    /// <summary>Taken by a worker; after a crash of that worker it is taken up again.</summary>
    Running,

    /// <summary>Its result is committed. It never runs again.</summary>
    Completed,

    /// <summary>It failed and no attempt is left; a retry queues it again.</summary>
    Faulted,

    /// <summary>It was told to end, or what it was for has ended.</summary>
    Cancelled,
}

/// <summary>Why a running attempt is told to end.</summary>
public enum JobStopReason
{
    /// <summary>It is not told to end.</summary>
    None,

    /// <summary>The process shuts down or lets go of the instance; the job is taken up again later, in the same attempt.</summary>
    Interrupted,

    /// <summary>The instance was cancelled, or the branch that the job belongs to. The job is not taken up again.</summary>
    Cancelled,

    /// <summary>The attempt took longer than its timeout.</summary>
    TimedOut,

    /// <summary>Another worker holds the instance now; nothing of this attempt can be committed any more.</summary>
    LeaseLost,
}
