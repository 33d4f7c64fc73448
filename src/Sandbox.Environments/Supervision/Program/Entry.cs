namespace Sandbox.Environments.Supervision.Program;

/// <summary>The supervisor as a program: its one argument is the directory of the process.</summary>
internal static class Entry
{
    /// <summary>Somebody supervises this process already.</summary>
    public const int Taken = 75;

    private const int Usage = 2;

    public static int Main(string[] arguments)
    {
        if (arguments is not [var directory] || !OperatingSystem.IsLinux() || !Directory.Exists(directory))
        {
            Console.Error.WriteLine("This program supervises a process of a sandbox and is started by it, on Linux, with the process's directory.");
            return Usage;
        }

        return new Supervisor(new Files.ProcessFiles(Path.GetFullPath(directory))).Run();
    }
}
