namespace Sandbox.Engine.Activities;

/// <summary>Where an execution of an activity stands; the names are Elsa's.</summary>
public enum ActivityStatus
{
    /// <summary>Scheduled, not begun.</summary>
    Pending,

    /// <summary>Begun; with bookmarks it waits for them.</summary>
    Running,

    /// <summary>Ended.</summary>
    Completed,

    /// <summary>Ended from outside.</summary>
    Canceled,

    /// <summary>Ended with an incident.</summary>
    Faulted,
}
