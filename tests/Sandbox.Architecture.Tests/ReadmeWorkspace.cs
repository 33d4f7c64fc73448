using System.Diagnostics;
using System.Text;
using Sandbox.Testing;

namespace Sandbox.Architecture.Tests;

/// <summary>A directory that looks like a fresh clone, with <c>sandbox</c> on the path. All is gone afterwards.</summary>
internal sealed class ReadmeWorkspace : IDisposable
{
    private readonly DirectoryInfo _root = System.IO.Directory.CreateTempSubdirectory("sandbox-readme-");
    private readonly string _commands;

    public ReadmeWorkspace()
    {
        // Configs are only read: a link will do. What a run writes lies beside it.
        Directory = _root.CreateSubdirectory("clone").FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "artifacts"));
        File.CreateSymbolicLink(Path.Combine(Directory, "configs"), Path.Combine(Reference.Repository, "configs"));
        _commands = _root.CreateSubdirectory("bin").FullName;
        var command = Path.Combine(_commands, "sandbox");
        File.WriteAllText(command, $"#!/bin/sh\nexec dotnet '{BuiltCommand.Path}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The root of the clone.</summary>
    public string Directory { get; }

    /// <summary>Runs a script as a reader would, stopping at the first command that fails.</summary>
    public async Task<(int Code, string Output)> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_commands}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment.Remove("SANDBOX_HOME");
        using var bash = Process.Start(start)!;
        var output = new StringBuilder();
        await Task.WhenAll(ReadAsync(bash.StandardOutput, output), ReadAsync(bash.StandardError, output));
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static async Task ReadAsync(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
