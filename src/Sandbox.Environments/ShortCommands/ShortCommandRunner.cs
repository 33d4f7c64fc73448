using System.ComponentModel;
using Medallion.Shell;

namespace Sandbox.Environments.ShortCommands;

/// <summary>Runs short commands and captures what they print.</summary>
public sealed class ShortCommandRunner
{
    /// <summary>Runs the command to its end; an exit code other than 0 is a result, not an error.</summary>
    /// <exception cref="ShortCommandException">The program was not found, could not be started or took too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program was ended.</exception>
    public async Task<ShortCommandResult> RunAsync(ShortCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var running = Start(command, cancellationToken);
        running.StandardInput.Close();
        try
        {
            var result = await running.Task;
            return new ShortCommandResult(result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (TimeoutException e)
        {
            throw new ShortCommandException(
                FormattableString.Invariant($"\"{command.Program}\" took longer than {command.Timeout.TotalSeconds:0.#} s and was ended."), e);
        }
    }

    private static Command Start(ShortCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return Command.Run(command.Program, command.Arguments, options =>
            {
                options.Timeout(command.Timeout).CancellationToken(cancellationToken).DisposeOnExit(false)
                    .EnvironmentVariables(command.Environment);
                if (command.WorkingDirectory is not null)
                {
                    options.WorkingDirectory(command.WorkingDirectory);
                }
            });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or DirectoryNotFoundException)
        {
            throw new ShortCommandException($"\"{command.Program}\" could not be started: {e.Message}", e);
        }
    }
}
