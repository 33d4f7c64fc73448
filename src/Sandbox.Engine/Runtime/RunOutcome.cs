using Sandbox.Engine.Incidents;

namespace Sandbox.Engine.Runtime;

/// <summary>How a call to WorkflowRuntime.RunAsync ended.</summary>
public enum RunEnd
{
    /// <summary>The workflow came to its end.</summary>
    Finished,

    /// <summary>An incident ended it, or nothing but incidents is left.</summary>
    Faulted,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It waits for an event.</summary>
    Suspended,

    /// <summary>It was told to pause, and no job runs any more.</summary>
    Paused,

    /// <summary>The caller's token ended the work; everything is durable and the next run goes on.</summary>
    Interrupted,
}

/// <summary>How a run ended, and on what incidents.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Incidents">All open incidents of the instance, oldest first.</param>
public sealed record RunOutcome(RunEnd End, IReadOnlyList<Incident> Incidents);
