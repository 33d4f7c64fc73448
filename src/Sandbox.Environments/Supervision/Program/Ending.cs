using Sandbox.Environments.Supervision.Files;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>Decides when the process has to end, and sees it off: TERM to the whole tree, a grace time, KILL.</summary>
internal sealed class Ending(ProcessFiles files, ProcessLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private readonly long _started = time.GetTimestamp();
    private readonly ManualResetEventSlim _told = new();
    private long _nextWeighing;

    /// <summary>Why the process had to end; <see cref="ExitReason.Ended"/> where it did not.</summary>
    public ExitReason Reason { get; private set; } = ExitReason.Ended;

    /// <summary>The supervisor got a signal: somebody cancels, or the machine shuts down.</summary>
    public void Told() => _told.Set();

    /// <summary>Waits until program and tree are gone, by themselves or ended.</summary>
    /// <returns>How many outlived the program and were ended.</returns>
    public int Await(Reaper reaper, OutputPump[] pumps)
    {
        while (!reaper.ProgramEnded.Wait(Look))
        {
            if (Cause(pumps) is { } cause)
            {
                Reason = cause;
                End(reaper);
                return 0;
            }
        }

        // What the program leaves behind gets a moment to end by itself: children that notice, helpers that tidy up.
        if (reaper.AllEnded.Wait(Linger))
        {
            return 0;
        }

        var left = ProcessTree.Below(Environment.ProcessId).Count;
        End(reaper);
        return left;
    }

    private ExitReason? Cause(OutputPump[] pumps)
    {
        // Looked for twice a second: a cancel need not be faster, and 200 supervisors cost next to nothing.
        if (File.Exists(files.Cancel))
        {
            return ExitReason.Cancelled;
        }

        if (_told.IsSet)
        {
            return ExitReason.SupervisorEnded;
        }

        if (limits.Timeout is { } timeout && time.GetElapsedTime(_started) > timeout)
        {
            return ExitReason.TimedOut;
        }

        if (limits.Silence is { } silence && time.GetElapsedTime(pumps.Max(p => p.LastOutput)) > silence)
        {
            return ExitReason.Silent;
        }

        return IsTooBig() ? ExitReason.OutOfMemory : null;
    }

    private bool IsTooBig()
    {
        if (limits.MemoryBytes is not { } most || time.GetTimestamp() < _nextWeighing)
        {
            return false;
        }

        _nextWeighing = time.GetTimestamp() + (2 * time.TimestampFrequency);
        return ProcessTree.Below(Environment.ProcessId).Sum(p => p.ResidentPages) * Environment.SystemPageSize > most;
    }

    private void End(Reaper reaper)
    {
        ProcessTree.Signal(ProcessTree.Below(Environment.ProcessId), LibC.SigTerm);

        // A stopped process hears nothing before it goes on.
        ProcessTree.Signal(ProcessTree.Below(Environment.ProcessId), LibC.SigCont);
        if (reaper.AllEnded.Wait(limits.Grace))
        {
            return;
        }

        do
        {
            // Again and again: the tree may grow while it is cut down.
            ProcessTree.Signal(ProcessTree.Below(Environment.ProcessId), LibC.SigKill);
        }
        while (!reaper.AllEnded.Wait(Look));
    }
}
