using System.Diagnostics;
using System.Globalization;

namespace Sandbox.Benchmarks.Measuring;

/// <summary>Runs another program to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it and gives the most memory that it held, in bytes (0 where it ended before anybody looked).</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<long> RunAsync(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(50))) != ended)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        return process.ExitCode == 0
            ? peak
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{await output}\n{await error}");
    }

    /// <summary>The most memory that a process held so far, in bytes.</summary>
    public static long PeakOf(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
