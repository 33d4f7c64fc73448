using System.Runtime.InteropServices;

namespace Sandbox.Environments.Supervision.Linux;

/// <summary>Starts a program: a vector of arguments, a session of its own, every signal as a fresh login has it.</summary>
internal static unsafe partial class Spawn
{
    private const short SetSignalMask = 0x08;
    private const short SetSignalDefaults = 0x04;
    private const short SetSession = 0x80;
    private const int ReadOnly = 0;

    /// <summary>Larger than the structures of any C library in use.</summary>
    private const int OpaqueSize = 1024;

    /// <summary>Starts it and gives its process id; an error number where the system refused.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="arguments">All arguments, the program's name first.</param>
    /// <param name="environment">Lines <c>NAME=VALUE</c>.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="input">The file that is its standard input.</param>
    /// <param name="output">Descriptor of its standard output.</param>
    /// <param name="error">Descriptor of its standard error.</param>
    public static (int Pid, int Error) Start(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, string directory, string input, int output, int error)
    {
        byte* memory = stackalloc byte[3 * OpaqueSize];
        var actions = memory;
        var attributes = memory + OpaqueSize;
        var signals = memory + (2 * OpaqueSize);
        Check(ActionsInit(actions));
        Check(AttributesInit(attributes));
        var argv = Vector(arguments);
        var envp = Vector(environment);
        try
        {
            Check(AddChangeDirectory(actions, directory));
            Check(AddOpen(actions, 0, input, ReadOnly, 0));
            Check(AddDuplicate(actions, output, 1));
            Check(AddDuplicate(actions, error, 2));

            // .NET ignores SIGPIPE and has handlers; the program is to start with none of that.
            _ = FillSignals(signals);
            Check(SetDefaults(attributes, signals));
            _ = EmptySignals(signals);
            Check(SetMask(attributes, signals));
            Check(SetFlags(attributes, SetSession | SetSignalDefaults | SetSignalMask));
            var problem = PosixSpawn(out var pid, path, actions, attributes, argv, envp);
            return (pid, problem);
        }
        finally
        {
            Free(argv, arguments.Count);
            Free(envp, environment.Count);
            _ = ActionsDestroy(actions);
            _ = AttributesDestroy(attributes);
        }
    }

    private static byte** Vector(IReadOnlyList<string> texts)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            vector[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return vector;
    }

    private static void Free(byte** vector, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)vector[i]);
        }

        NativeMemory.Free(vector);
    }

    private static void Check(int problem)
    {
        if (problem != 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(problem));
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int pid, string path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int ActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int ActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(void* actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddChangeDirectory(void* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int AttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int AttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial int FillSignals(void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static partial int EmptySignals(void* signals);
}
