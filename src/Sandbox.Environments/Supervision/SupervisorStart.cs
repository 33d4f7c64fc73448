using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Sandbox.Environments.Supervision.Files;
using Sandbox.Environments.Supervision.Program;

namespace Sandbox.Environments.Supervision;

/// <summary>Starts the supervisor of a process: this room's own program, run by the same .NET as this process.</summary>
internal sealed class SupervisorStart : IDisposable
{
    private readonly Process _process;

    private SupervisorStart(Process process) => _process = process;

    /// <summary>Starts one; it goes its own way.</summary>
    /// <exception cref="SupervisionException">It could not be started.</exception>
    public static SupervisorStart Run(ProcessFiles files, string token)
    {
        try
        {
            var process = Process.Start(Command(files, token))!;
            process.StandardInput.Close();
            process.StandardOutput.Close();
            return new SupervisorStart(process);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new SupervisionException($"The supervisor could not be started: {e.Message}", e);
        }
    }

    /// <summary>Fails where it broke before it could do anything.</summary>
    /// <exception cref="SupervisionException">It did; the message holds what it said.</exception>
    public void ThrowIfBroken()
    {
        if (_process.HasExited && _process.ExitCode is not (0 or Entry.Taken))
        {
            throw new SupervisionException(FormattableString.Invariant(
                $"The supervisor broke with exit code {_process.ExitCode}: {_process.StandardError.ReadToEnd().Trim()}"));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _process.Dispose();

    private static ProcessStartInfo Command(ProcessFiles files, string token)
    {
        var program = typeof(SupervisorStart).Assembly.Location;
        return new ProcessStartInfo(Dotnet(), [program, files.Root])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            Environment = { [ProcessIdentity.TokenVariable] = token },
        };
    }

    /// <summary>The <c>dotnet</c> of the runtime that this process runs on.</summary>
    private static string Dotnet()
    {
        var own = Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());
        return File.Exists(own) ? own : "dotnet";
    }
}
