namespace Sandbox.Benchmarks;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>The shipped configs.</summary>
    public static string Configs => Path.Combine(Root, "configs");

    /// <summary>The command line as built beside this program, in the same configuration.</summary>
    public static string BuiltCli => Path.Combine(
        Root, "src", "Sandbox.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "sandbox.dll");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sandbox.Workflows.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The benchmarks run outside the repository.");
    }
}
