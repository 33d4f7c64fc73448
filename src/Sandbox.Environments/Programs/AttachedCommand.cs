using System.ComponentModel;
using System.Diagnostics;
using Sandbox.Environments.Python;

namespace Sandbox.Environments.Programs;

/// <summary>Runs a program on the terminal of this one: its input and output are the user's.</summary>
public static class AttachedCommand
{
    /// <summary>Runs to the end and gives the exit code as a shell would.</summary>
    /// <exception cref="EnvironmentException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program was ended with all that it started.</exception>
    public static async Task<int> RunAsync(EnvironmentCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(command.Command[0], command.Command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in command.Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        await using var registration = cancellationToken.Register(() => LoggedCommand.End(process));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or ArgumentException)
        {
            throw new EnvironmentException($"\"{start.FileName}\" could not be started: {e.Message}", e);
        }
    }
}
