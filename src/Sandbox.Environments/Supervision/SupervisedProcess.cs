using System.Threading.Channels;
using Sandbox.Environments.Supervision.Files;

namespace Sandbox.Environments.Supervision;

/// <summary>A supervised process as this process sees it. Letting go of it leaves it running.</summary>
public sealed class SupervisedProcess
{
    /// <summary>Looks between two looks at whether the supervisor lives.</summary>
    private const int LooksPerLife = 10;

    private readonly ProcessFiles _files;
    private readonly ProcessWatch _watch;
    private readonly TimeProvider _time;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private (long Output, long Error) _seen = (-1, -1);
    private int _looks;
    private bool _wasWaitedFor;
    private long _outputStart;
    private long _errorStart;

    internal SupervisedProcess(ProcessFiles files, ProcessWatch watch, TimeProvider time)
    {
        (_files, _watch, _time) = (files, watch, time);
        Spec = (ProcessRecords.ReadSpec(files) ?? throw new IOException($"{files.Spec} is gone.")).Spec;
        Supervisor = ProcessRecords.ReadIdentity(files.Supervisor);
    }

    /// <summary>Where everything about it lies.</summary>
    public string Directory => _files.Root;

    /// <summary>What was started.</summary>
    public ProcessSpec Spec { get; }

    /// <summary>Its supervisor; null where it ended before one was there.</summary>
    public ProcessIdentity? Supervisor { get; }

    /// <summary>The program itself; null where it is not known yet or could not be started.</summary>
    public ProcessIdentity? Program => ProcessRecords.ReadIdentity(_files.Program);

    /// <summary>When the program was started; null where it was not yet.</summary>
    public DateTimeOffset? StartedAt =>
        File.Exists(_files.Starting) ? new DateTimeOffset(File.GetLastWriteTimeUtc(_files.Starting), TimeSpan.Zero) : null;

    /// <summary>How it ended; null where it runs. Once it is there, all output is.</summary>
    public ProcessExit? Exit => ProcessRecords.ReadExit(_files);

    /// <summary>Waits until there is more output than at the last wait, or the end. Holds no thread: one loop looks after
    /// all processes.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var watching = _watch.Add(this);
        await _news.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>A reader of one of its two streams, <c>stdout</c> or <c>stderr</c>.</summary>
    public OutputReader Read(string stream, long offset) => new(_files, stream, offset);

    /// <summary>Whether nobody has waited for it before.</summary>
    internal bool IsFirstWait()
    {
        var isFirst = !_wasWaitedFor;
        _wasWaitedFor = true;
        return isFirst;
    }

    /// <summary>Called by the one loop.</summary>
    internal void Look()
    {
        var now = (Size("stdout"), Size("stderr"));
        if (now != _seen || File.Exists(_files.Exit))
        {
            _seen = now;
            _news.Writer.TryWrite(true);
        }
        else if (++_looks % LooksPerLife == 0)
        {
            SettleIfLost();
        }
    }

    /// <summary>Called by the one loop where looking failed: whoever waits finds out when it reads.</summary>
    internal void LookFailed() => _news.Writer.TryWrite(true);

    private void SettleIfLost()
    {
        if (Supervisor is null || ProcessStanding.Of(_files) != Standing.Lost)
        {
            return;
        }

        using var held = ProcessLock.TryTake(_files);
        if (held is not null && ProcessStanding.Of(_files, isLockHeld: true) == Standing.Lost)
        {
            LostProcess.Settle(_files, ProcessRecords.ReadIdentity(_files.Supervisor)!.Token, _time);
        }
    }

    /// <summary>How many bytes a stream has by now.</summary>
    public long Size(string stream)
    {
        // The file in use tells: when it is full the next one begins where it ends.
        var start = stream == "stdout" ? _outputStart : _errorStart;
        var file = new FileInfo(_files.Segment(stream, start));
        var length = file.Exists ? file.Length : 0;
        if (length >= Spec.Limits.SegmentBytes && _files.Segments(stream) is [.., var last] && last > start)
        {
            (stream == "stdout" ? ref _outputStart : ref _errorStart) = last;
            return last;
        }

        return start + length;
    }
}
