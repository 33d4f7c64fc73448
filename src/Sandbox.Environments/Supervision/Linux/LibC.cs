using System.Runtime.InteropServices;

namespace Sandbox.Environments.Supervision.Linux;

/// <summary>The calls of Linux that .NET has no door to.</summary>
internal static partial class LibC
{
    public const int SigHup = 1;
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigCont = 18;
    public const int NoChild = 10;
    public const int Interrupted = 4;
    private const int SetChildSubreaper = 36;

    /// <summary>Leaves the session, the process group and the terminal of whoever started this process.</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int SetSid();

    /// <summary>Lets this process become the parent of every descendant whose own parent has ended.</summary>
    public static int BecomeSubreaper() => PrCtl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>Lets a signal pass by.</summary>
    public static void Ignore(int signal) => _ = Signal(signal, 1);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int from, int to);

    /// <summary>Whether a descriptor would pass on to a started program, as those do that came from outside.</summary>
    public static bool IsInherited(int descriptor)
    {
        const int GetFlags = 1;
        return FCntl(descriptor, GetFlags, 0) == 0;
    }

    /// <summary>Makes a pipe whose ends a started program does not inherit.</summary>
    public static (int Read, int Write) Pipe()
    {
        const int CloseOnExec = 0x80000;
        Span<int> ends = stackalloc int[2];
        return Pipe2(ref ends[0], CloseOnExec) == 0
            ? (ends[0], ends[1])
            : throw new IOException($"A pipe could not be made: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    /// <summary>Gives a file a second name; 0 where it worked.</summary>
    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FCntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(ref int ends, int flags);
}
