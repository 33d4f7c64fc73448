using System.Security.Cryptography;
using Sandbox.Environments.Supervision.Files;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision;

/// <summary>
/// Finds or starts supervised processes. A process is named by its directory: however often it is asked for and whoever
/// was killed in between, it is started once.
/// </summary>
public sealed class ProcessSupervision : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly TimeProvider _time;
    private readonly ProcessWatch _watch;
    private readonly AttachedProcesses? _attached;

    /// <summary>Supervises where the system can, and attaches processes to this one elsewhere.</summary>
    /// <param name="time">The clock.</param>
    public ProcessSupervision(TimeProvider time)
        : this(time, isAttached: !IsSupported)
    {
    }

    internal ProcessSupervision(TimeProvider time, bool isAttached) =>
        (_time, _watch, _attached) = (time, new ProcessWatch(time), isAttached ? new AttachedProcesses(time) : null);

    /// <summary>Whether processes end with this one.</summary>
    public bool IsAttached => _attached is not null;

    /// <summary>Whether processes outlive this one here. Elsewhere they are attached to it and end with it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Finds the process of a directory, running or ended, or starts it.</summary>
    /// <param name="directory">Where everything about it lies; made where it is absent.</param>
    /// <param name="spec">What to start where nothing was started yet.</param>
    /// <param name="cancellationToken">Ends the wait; what was started goes on.</param>
    /// <exception cref="SupervisionException">The supervisor could not be started.</exception>
    public async Task<SupervisedProcess> FindOrStartAsync(string directory, ProcessSpec spec, CancellationToken cancellationToken)
    {
        var files = new ProcessFiles(Path.GetFullPath(directory));
        Directory.CreateDirectory(files.Root);
        var started = _time.GetTimestamp();
        long? asked = null;
        SupervisorStart? supervisor = null;
        try
        {
            while (true)
            {
                switch (StandingOf(files))
                {
                    case Standing.Running or Standing.Ended:
                        return new SupervisedProcess(files, _watch, _time);
                    case Standing.Lost:
                        SettleLost(files);
                        break;
                    case Standing.None when _attached is not null:
                        Claim(files, spec);
                        _attached.Start(files, spec);
                        break;
                    case Standing.None when asked is null || _time.GetElapsedTime(asked.Value) > AskAgain:
                        asked = _time.GetTimestamp();
                        supervisor?.Dispose();
                        supervisor = SupervisorStart.Run(files, Claim(files, spec));
                        break;
                }

                ThrowIfHopeless(supervisor, started);
                await Task.Delay(Look, _time, cancellationToken);
            }
        }
        finally
        {
            supervisor?.Dispose();
        }
    }

    /// <summary>The process of a directory that was started there before; null where none was.</summary>
    public SupervisedProcess? Find(string directory)
    {
        var files = new ProcessFiles(Path.GetFullPath(directory));
        return StandingOf(files) == Standing.None ? null : new SupervisedProcess(files, _watch, _time);
    }

    /// <summary>Whether something runs, or may yet, in a process's directory.</summary>
    public bool IsOpen(string directory) =>
        StandingOf(new ProcessFiles(Path.GetFullPath(directory))) is Standing.Running or Standing.Lost;

    /// <summary>Ends the process of a directory with all that it started, and waits for that. Where none was started, none
    /// will be.</summary>
    public async Task<ProcessExit> EndAsync(string directory, CancellationToken cancellationToken)
    {
        var files = new ProcessFiles(Path.GetFullPath(directory));
        var asked = _time.GetTimestamp();
        await File.WriteAllBytesAsync(files.Cancel, [], cancellationToken);
        while (true)
        {
            switch (StandingOf(files))
            {
                case Standing.Ended:
                    return ProcessRecords.ReadExit(files)!;
                case Standing.Lost:
                    SettleLost(files);
                    break;
                case Standing.None:
                    SettleUnstarted(files);
                    break;
                default:
                    EndHungSupervisor(files, asked);
                    await Task.Delay(Look, _time, cancellationToken);
                    break;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        if (_attached is not null)
        {
            await _attached.DisposeAsync();
        }
    }

    private Standing StandingOf(ProcessFiles files) => _attached?.Of(files) ?? ProcessStanding.Of(files);

    private void ThrowIfHopeless(SupervisorStart? supervisor, long started)
    {
        supervisor?.ThrowIfBroken();
        if (_time.GetElapsedTime(started) > StartLimit)
        {
            throw new SupervisionException(FormattableString.Invariant(
                $"The supervisor did not start within {StartLimit.TotalMinutes} minutes."));
        }
    }

    // One that was stopped or hangs does not hear: without it the rest of the tree is ended by the token.
    private void EndHungSupervisor(ProcessFiles files, long asked)
    {
        if (_attached is null && ProcessRecords.ReadSpec(files) is { } known
            && _time.GetElapsedTime(asked) > known.Spec.Limits.Grace + Patience
            && ProcessRecords.ReadIdentity(files.Supervisor) is { IsAlive: true } supervisor)
        {
            _ = LibC.Kill(supervisor.Pid, LibC.SigKill);
        }
    }

    private static string Claim(ProcessFiles files, ProcessSpec spec)
    {
        if (ProcessRecords.ReadSpec(files) is { } earlier)
        {
            return earlier.Token;
        }

        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ProcessRecords.Write(files, spec, token);
        return token;
    }

    private void SettleLost(ProcessFiles files)
    {
        if (_attached is not null)
        {
            _attached.SettleLost(files);
            return;
        }

        using var held = ProcessLock.TryTake(files);
        if (held is not null && ProcessStanding.Of(files, isLockHeld: true) == Standing.Lost)
        {
            LostProcess.Settle(files, ProcessRecords.ReadIdentity(files.Supervisor)!.Token, _time);
        }
    }

    private void SettleUnstarted(ProcessFiles files)
    {
        using var held = ProcessLock.TryTake(files);
        if (held is not null && ProcessStanding.Of(files, isLockHeld: true) == Standing.None)
        {
            ProcessRecords.Write(files, new ProcessExit { Reason = ExitReason.Cancelled, EndedAt = _time.GetUtcNow() });
        }
    }
}
