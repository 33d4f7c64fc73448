using System.ComponentModel;
using System.Diagnostics;

namespace Sandbox.Environments.Programs;

/// <summary>Runs a program whose output is wanted line by line while it runs. Arguments are a vector; no shell sees them.</summary>
public static class LoggedCommand
{
    /// <summary>Runs to the end and gives the exit code.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="variables">Variables beside those of this process.</param>
    /// <param name="line">Takes each line of both streams, one at a time.</param>
    /// <param name="started">Told as soon as it runs.</param>
    /// <param name="cancellationToken">Ends the program with all that it started.</param>
    /// <exception cref="EnvironmentException">It could not be started.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> variables,
        Action<string> line,
        Action<Process>? started,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command, variables);
        process.StandardInput.Close();
        started?.Invoke(process);
        await using var registration = cancellationToken.Register(() => End(process));
        var gate = new Lock();
        await Task.WhenAll(PumpAsync(process.StandardOutput), PumpAsync(process.StandardError));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;

        async Task PumpAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } text)
            {
                lock (gate)
                {
                    line(text);
                }
            }
        }
    }

    /// <summary>Ends a program with all that it started.</summary>
    internal static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    private static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or ArgumentException)
        {
            throw new EnvironmentException($"\"{command[0]}\" could not be started: {e.Message}", e);
        }
    }
}
