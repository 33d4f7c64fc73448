using System.Runtime.InteropServices;

namespace Sandbox.Environments.Supervision;

/// <summary>Gives memory back to the system once nothing is left but to look after programs, for hours perhaps: starting many
/// jobs takes several times what following them does, and neither the collector nor the C library would let go of it.</summary>
internal sealed partial class SpareMemory(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private long _busy = time.GetTimestamp();
    private bool _isGiven = true;

    /// <summary>A program came along.</summary>
    public void Busy()
    {
        Volatile.Write(ref _busy, time.GetTimestamp());
        Volatile.Write(ref _isGiven, false);
    }

    /// <summary>Looks whether it is time.</summary>
    public void Look()
    {
        if (!Volatile.Read(ref _isGiven) && time.GetElapsedTime(Volatile.Read(ref _busy)) > Quiet)
        {
            Volatile.Write(ref _isGiven, true);
            Give();
        }
    }

    private static void Give()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            _ = OperatingSystem.IsLinux() ? Trim(0) : 0;
        }
        catch (EntryPointNotFoundException)
        {
            // This C library keeps nothing back, or tells nobody how to have it.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
