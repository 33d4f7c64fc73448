using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Commands;

/// <summary>A command while it runs.</summary>
internal sealed partial class RunningCommand : IDisposable
{
    private const int Interrupts = 2;
    private const int Terminates = 15;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;

    private RunningCommand(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    public int ProcessId => _process.Id;

    /// <summary>What it wrote so far, as far as it was read.</summary>
    public string Output => _output.ToString();

    // A shell that starts the tests in the background ignores Ctrl+C, and so would their children.
    public static RunningCommand Start(string directory, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("env")
        {
            UseShellExecute = false,
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--default-signal=INT", "dotnet", BuiltCommand.Path, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(Process.Start(start)!);
    }

    /// <summary>Reads on until a line has the text.</summary>
    public async Task<string> LineAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The command ended without \"{text}\":\n{_output}\n{await _error}");
    }

    /// <summary>The id in its first line.</summary>
    public async Task<string> RunIdAsync() => (await LineAsync("Run ")).Split(' ')[1];

    /// <summary>Sends what Ctrl+C sends.</summary>
    public void Interrupt() => Signal(_process.Id, Interrupts).ShouldBe(0);

    public void Terminate() => Signal(_process.Id, Terminates).ShouldBe(0);

    public async Task<CommandEnd> EndAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync());
        await _process.WaitForExitAsync();
        return new CommandEnd(_process.ExitCode, _output.ToString(), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
