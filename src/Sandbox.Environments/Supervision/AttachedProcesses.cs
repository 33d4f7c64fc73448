using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Sandbox.Environments.Supervision.Files;

namespace Sandbox.Environments.Supervision;

/// <summary>Runs processes without a supervisor, where the system has none: they end with this process. Their directories
/// look the same, so that whoever follows them notices no difference.</summary>
internal sealed class AttachedProcesses(TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Where a process stands: one that this process does not run and whose end nobody wrote down is lost.</summary>
    public Standing Of(ProcessFiles files) =>
        File.Exists(files.Exit) ? Standing.Ended
        : _running.ContainsKey(files.Root) ? Standing.Running
        : File.Exists(files.Starting) ? Standing.Lost
        : Standing.None;

    /// <summary>Starts a process.</summary>
    public void Start(ProcessFiles files, ProcessSpec spec)
    {
        using (File.Create(files.Starting))
        {
            // From here on nobody starts it again.
        }

        _running[files.Root] = RunAsync(files, spec);
    }

    /// <summary>Records that a process is lost.</summary>
    public void SettleLost(ProcessFiles files) =>
        ProcessRecords.Write(files, new ProcessExit { Reason = ExitReason.Lost, EndedAt = time.GetUtcNow() });

    public async ValueTask DisposeAsync() => await Task.WhenAll(_running.Values);

    private async Task RunAsync(ProcessFiles files, ProcessSpec spec)
    {
        // Whoever asked goes on; the process is looked after from here.
        await Task.Yield();
        var started = time.GetUtcNow();
        ProcessExit exit;
        try
        {
            using var process = Process.Start(StartInfo(spec))!;
            await FeedAsync(process, spec.InputFile);
            var output = CopyAsync(process.StandardOutput.BaseStream, files.Segment("stdout", 0));
            var error = CopyAsync(process.StandardError.BaseStream, files.Segment("stderr", 0));
            var reason = await WaitAsync(process, files, spec.Limits);
            await Task.WhenAll(output, error);
            exit = new ProcessExit { Reason = reason, ExitCode = process.ExitCode, StartedAt = started, EndedAt = time.GetUtcNow() };
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            exit = new ProcessExit { Reason = ExitReason.NotStarted, Message = e.Message, EndedAt = time.GetUtcNow() };
        }

        ProcessRecords.Write(files, exit);
        _running.TryRemove(files.Root, out _);
    }

    private static async Task FeedAsync(Process process, string? input)
    {
        if (input is not null)
        {
            await using var source = File.OpenRead(input);
            await source.CopyToAsync(process.StandardInput.BaseStream);
        }

        process.StandardInput.Close();
    }

    private async Task<ExitReason> WaitAsync(Process process, ProcessFiles files, ProcessLimits limits)
    {
        var started = time.GetTimestamp();
        var ended = process.WaitForExitAsync();
        while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(500), time)) != ended)
        {
            var reason = File.Exists(files.Cancel) ? ExitReason.Cancelled
                : limits.Timeout is { } timeout && time.GetElapsedTime(started) > timeout ? ExitReason.TimedOut
                : ExitReason.Ended;
            if (reason != ExitReason.Ended)
            {
                process.Kill(entireProcessTree: true);
                await ended;
                return reason;
            }
        }

        return ExitReason.Ended;
    }

    private static ProcessStartInfo StartInfo(ProcessSpec spec)
    {
        var info = new ProcessStartInfo(spec.Command[0], spec.Command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static async Task CopyAsync(Stream from, string path)
    {
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        await from.CopyToAsync(to);
    }
}
