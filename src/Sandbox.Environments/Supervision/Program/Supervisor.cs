using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Environments.Supervision.Files;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>
/// Runs one program to its end: adopts what it starts, keeps its output, holds its limits, ends it when told, and writes
/// down how it ended. Outlives whoever started it.
/// </summary>
internal sealed class Supervisor(ProcessFiles files)
{
    private const int LockTries = 20;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider _time = TimeProvider.System;

    public int Run()
    {
        Detachment.Run(files.Complaints);
        using var held = TakeLock();
        if (held is null)
        {
            return Entry.Taken;
        }

        if (File.Exists(files.Exit) || ProcessRecords.ReadSpec(files) is not { } known)
        {
            return 0;
        }

        var (spec, token) = known;
        if (File.Exists(files.Starting))
        {
            // A supervisor before this one vanished when the program may have been running. It is never started twice.
            LostProcess.Settle(files, ProcessRecords.ReadIdentity(files.Supervisor)?.Token ?? token, _time);
            return 0;
        }

        ProcessRecords.Write(files.Supervisor, ProcessIdentity.OfThisProcess(token));
        ProcessRecords.Write(files, Supervise(spec, token));
        return 0;
    }

    // Whoever looks whether a supervisor lives holds the lock for a moment.
    private SafeFileHandle? TakeLock()
    {
        for (var tries = 1; ; tries++)
        {
            var held = ProcessLock.TryTake(files);
            if (held is not null || tries == LockTries)
            {
                return held;
            }

            using var never = new ManualResetEvent(initialState: false);
            never.WaitOne(LockPause);
        }
    }

    private ProcessExit Supervise(ProcessSpec spec, string token)
    {
        var ending = new Ending(files, spec.Limits, _time);
        using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            ending.Told();
        });
        _ = LibC.BecomeSubreaper();
        var (output, error) = (LibC.Pipe(), LibC.Pipe());
        var startedAt = _time.GetUtcNow();
        using (File.Create(files.Starting))
        {
            // From here on nobody starts it again.
        }

        var (pid, problem) = Start(spec, token, output.Write, error.Write);
        _ = LibC.Close(output.Write);
        _ = LibC.Close(error.Write);
        if (problem is not null)
        {
            return new ProcessExit { Reason = ExitReason.NotStarted, Message = problem, EndedAt = _time.GetUtcNow() };
        }

        var reaper = new Reaper(pid);
        var pumps = new[] { new OutputPump(files, "stdout", output.Read, spec.Limits.SegmentBytes), new OutputPump(files, "stderr", error.Read, spec.Limits.SegmentBytes) };
        WriteProgram(pid, token);
        var leftovers = ending.Await(reaper, pumps);
        Array.ForEach(pumps, p => p.Join());
        return Exit(ending.Reason, reaper.Status, startedAt, leftovers);
    }

    private static (int Pid, string? Problem) Start(ProcessSpec spec, string token, int output, int error)
    {
        var environment = Variables(spec, token);
        if (ProgramSearch.Find(spec, environment) is not { } path)
        {
            return (0, $"there is no program \"{spec.Command[0]}\" in PATH ({environment.GetValueOrDefault("PATH")}).");
        }

        if (!Directory.Exists(spec.WorkingDirectory))
        {
            return (0, $"its working directory {spec.WorkingDirectory} does not exist.");
        }

        if (spec.InputFile is { } input && !File.Exists(input))
        {
            return (0, $"its input {input} does not exist.");
        }

        var lines = environment.Select(e => $"{e.Key}={e.Value}").ToList();
        var (pid, problem) = Spawn.Start(path, spec.Command, lines, spec.WorkingDirectory, spec.InputFile ?? "/dev/null", output, error);
        return problem == 0 ? (pid, null) : (0, $"\"{path}\": {Marshal.GetPInvokeErrorMessage(problem)}.");
    }

    private static Dictionary<string, string> Variables(ProcessSpec spec, string token)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            all[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        foreach (var (name, value) in spec.Environment)
        {
            all[name] = value;
        }

        all[ProcessIdentity.TokenVariable] = token;
        return all;
    }

    private void WriteProgram(int pid, string token)
    {
        if (ProcessStat.Read(pid) is { } stat)
        {
            ProcessRecords.Write(files.Program, ProcessIdentity.OfThisProcess(token) with { Pid = pid, StartTime = stat.StartTime });
        }
    }

    private ProcessExit Exit(ExitReason reason, int status, DateTimeOffset startedAt, int leftovers)
    {
        var signal = status & 0x7f;
        return new ProcessExit
        {
            Reason = reason,
            ExitCode = signal == 0 ? (status >> 8) & 0xff : null,
            Signal = signal == 0 ? null : signal,
            Leftovers = leftovers,
            StartedAt = startedAt,
            EndedAt = _time.GetUtcNow(),
        };
    }
}
