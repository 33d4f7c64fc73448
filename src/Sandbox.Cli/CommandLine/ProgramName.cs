namespace Sandbox.Cli.CommandLine;

/// <summary>Command lines that a user can copy: they work in the current directory and in this environment.</summary>
internal static class ProgramName
{
    private const string Name = "sandbox";

    /// <summary>A command of this program, with the home that is in use.</summary>
    public static string Line(string arguments)
    {
        var home = Environment.GetEnvironmentVariable("SANDBOX_HOME");
        var prefix = string.IsNullOrWhiteSpace(home) ? string.Empty : $"SANDBOX_HOME={Quote(home)} ";
        return $"{prefix}{Quote(Program(Environment.ProcessPath))} {arguments}";
    }

    /// <summary>The text as one word of a POSIX shell.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@%=,".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // `dotnet run` starts a program that no PATH leads to.
    private static string Program(string? path)
    {
        if (path is null || Path.GetFileNameWithoutExtension(path) != Name)
        {
            return Name;
        }

        var first = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(d => d.Length > 0).Select(d => Path.Combine(d, Name)).FirstOrDefault(File.Exists);
        return first is null ? path : Name;
    }
}
