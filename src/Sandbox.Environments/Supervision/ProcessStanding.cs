using Sandbox.Environments.Supervision.Files;

namespace Sandbox.Environments.Supervision;

/// <summary>Where a process stands.</summary>
internal enum Standing
{
    /// <summary>Nothing was started, as far as can be seen.</summary>
    None,

    /// <summary>Its supervisor lives.</summary>
    Running,

    /// <summary>It ended, and how is written down.</summary>
    Ended,

    /// <summary>Its supervisor vanished after the program may have been started.</summary>
    Lost,
}

/// <summary>Tells from its directory where a process stands.</summary>
internal static class ProcessStanding
{
    /// <summary>Looks.</summary>
    /// <param name="files">The directory.</param>
    /// <param name="isLockHeld">Whether the caller has the lock, so that no supervisor can have it.</param>
    public static Standing Of(ProcessFiles files, bool isLockHeld = false)
    {
        if (File.Exists(files.Exit))
        {
            return Standing.Ended;
        }

        if (ProcessRecords.ReadIdentity(files.Supervisor) is not { } supervisor)
        {
            return Standing.None;
        }

        if (supervisor.IsAlive)
        {
            return Standing.Running;
        }

        if (!File.Exists(files.Starting))
        {
            return Standing.None;
        }

        // Not seen alive from here, yet the lock is held: it runs in another container, or its exit is being written.
        return isLockHeld || IsFree(files) ? (File.Exists(files.Exit) ? Standing.Ended : Standing.Lost) : Standing.Running;
    }

    private static bool IsFree(ProcessFiles files)
    {
        using var held = ProcessLock.TryTake(files);
        return held is not null;
    }
}
