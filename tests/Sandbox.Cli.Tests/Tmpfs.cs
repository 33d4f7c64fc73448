using System.Diagnostics;

namespace Sandbox.Cli.Tests;

/// <summary>A small file system of its own, that can be full or read-only.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string _path;

    public Tmpfs(string path, string options)
    {
        _path = path;
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path);
    }

    public void Change(string options) => Run("mount", "-o", "remount," + options, _path);

    public void Dispose() => Run("umount", "-l", _path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}

/// <summary>A test that mounts: only root may.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Skip = "Mounting needs root on Linux.";
        }
    }
}
