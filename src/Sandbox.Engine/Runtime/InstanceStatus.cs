namespace Sandbox.Engine.Runtime;

/// <summary>Whether a workflow instance has ended; the names are Elsa's.</summary>
public enum WorkflowStatus
{
    /// <summary>Not ended.</summary>
    Running,

    /// <summary>Ended, one way or another; the sub-status says which.</summary>
    Finished,
}

/// <summary>Where a workflow instance stands; the names are Elsa's.</summary>
public enum WorkflowSubStatus
{
    /// <summary>Created, nothing has run.</summary>
    Pending,

    /// <summary>Being worked, or waiting for a worker.</summary>
    Executing,

    /// <summary>Waiting for an event, or paused.</summary>
    Suspended,

    /// <summary>Came to its end.</summary>
    Finished,

    /// <summary>Was cancelled.</summary>
    Cancelled,

    /// <summary>Ended by an incident; a retry goes on from there.</summary>
    Faulted,

    /// <summary>Its worker was shut down; the next one goes on.</summary>
    Interrupted,
}
