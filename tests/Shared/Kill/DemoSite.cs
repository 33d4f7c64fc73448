using System.Diagnostics;

namespace Sandbox.Testing.Kill;

/// <summary>A directory of its own to run a shipped config in: the configs linked, outputs and home its own.</summary>
internal sealed class DemoSite : IDisposable
{
    private readonly string _sandbox;

    private DemoSite(string root, string sandbox) => (Root, _sandbox) = (root, sandbox);

    /// <summary>The current directory of all runs here.</summary>
    public string Root { get; }

    /// <summary>Where the runs' state is.</summary>
    public string Home => Path.Combine(Root, "home");

    /// <summary>Where the shipped configs publish.</summary>
    public string Outputs => Path.Combine(Root, "outputs");

    /// <summary>Makes a site.</summary>
    /// <param name="sandbox">The command: an executable, or <c>sandbox.dll</c>.</param>
    /// <param name="configs">The directory <c>configs</c> of the repository.</param>
    public static DemoSite Create(string sandbox, string configs)
    {
        var root = Directory.CreateTempSubdirectory("sandbox-site-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(root, "configs"), Path.GetFullPath(configs));
        return new DemoSite(root, Path.GetFullPath(sandbox));
    }

    /// <summary>Starts the command; its output is for the caller to read.</summary>
    public Process Start(params string[] arguments)
    {
        var isLibrary = _sandbox.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : _sandbox)
        {
            UseShellExecute = false,
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SANDBOX_HOME"] = Home;
        foreach (var argument in isLibrary ? [_sandbox, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
