namespace Sandbox.Environments.Supervision;

/// <summary>Why a supervised process ended.</summary>
public enum ExitReason
{
    /// <summary>By itself, or by a signal that its supervisor did not send.</summary>
    Ended,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It ran longer than its limit.</summary>
    TimedOut,

    /// <summary>It printed nothing for longer than its limit.</summary>
    Silent,

    /// <summary>It had more memory than its limit.</summary>
    OutOfMemory,

    /// <summary>Its supervisor was told to end, as when the machine shuts down.</summary>
    SupervisorEnded,

    /// <summary>The system could not start it.</summary>
    NotStarted,

    /// <summary>Its supervisor vanished, as in a reboot: how it ended is not known.</summary>
    Lost,
}

/// <summary>How a supervised process ended.</summary>
public sealed record ProcessExit
{
    /// <summary>Why it ended.</summary>
    public required ExitReason Reason { get; init; }

    /// <summary>The exit code; null where a signal ended it or it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it; null where none did.</summary>
    public int? Signal { get; init; }

    /// <summary>What the system said, where it could not be started.</summary>
    public string? Message { get; init; }

    /// <summary>Processes that outlived the program and were ended after it.</summary>
    public int Leftovers { get; init; }

    /// <summary>When it was started; null where it was not, or it is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it had ended, with all that it started.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Whether it did what it should: exit code 0, of its own accord.</summary>
    public bool IsSuccess => Reason == ExitReason.Ended && ExitCode == 0;
}
