using Microsoft.Win32.SafeHandles;

namespace Sandbox.Environments.Supervision.Files;

/// <summary>The lock of a process's directory. Whoever holds it is its one supervisor; it goes with its holder, however
/// that ends.</summary>
internal static class ProcessLock
{
    /// <summary>Takes the lock; null where somebody has it.</summary>
    public static SafeFileHandle? TryTake(ProcessFiles files)
    {
        try
        {
            // An exclusive share is an advisory lock of the file on Linux, and a started program does not inherit it.
            return File.OpenHandle(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (Directory.Exists(files.Root))
        {
            return null;
        }
    }
}
