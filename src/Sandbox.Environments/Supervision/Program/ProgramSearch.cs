using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>Finds the file of a program as its own environment names it.</summary>
internal static class ProgramSearch
{
    private const int Executable = 1;

    /// <summary>The file; null where the name is in no directory of PATH.</summary>
    public static string? Find(ProcessSpec spec, IReadOnlyDictionary<string, string> environment)
    {
        var name = spec.Command[0];
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Path.GetFullPath(name, spec.WorkingDirectory);
        }

        return (environment.GetValueOrDefault("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':')
            .Select(d => Path.Combine(Path.GetFullPath(d.Length == 0 ? "." : d, spec.WorkingDirectory), name))
            .FirstOrDefault(f => File.Exists(f) && LibC.Access(f, Executable) == 0);
    }
}
