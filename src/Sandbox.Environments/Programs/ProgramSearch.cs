namespace Sandbox.Environments.Programs;

/// <summary>Finds programs as a shell does: in the directories of PATH.</summary>
public static class ProgramSearch
{
    /// <summary>Full path of a program, or null. A name with a slash is a path already.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="path">The directories, parted by colons; the PATH of this process without it.</param>
    public static string? Find(string program, string? path = null)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return IsExecutable(program) ? Path.GetFullPath(program) : null;
        }

        return (path ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // a link that leads nowhere, or a directory that is closed to us
        }
    }
}
