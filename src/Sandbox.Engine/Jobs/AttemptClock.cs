namespace Sandbox.Engine.Jobs;

/// <summary>Counts the time of an attempt. It stands still while the job waits in line, and counts what the attempt used up
/// under an earlier process where the handler knows of it.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _timeout;
    private DateTimeOffset _since;
    private int _stops;

    /// <summary>Begins to count.</summary>
    /// <param name="timeout">How long the attempt may take; null for as long as it needs.</param>
    /// <param name="time">The clock.</param>
    public AttemptClock(TimeSpan? timeout, TimeProvider time)
    {
        (_timeout, _time, _since) = (timeout, time, time.GetUtcNow());
        _end = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Signals that the time is over.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>The attempt waits in line.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stops++;
            _end.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The wait is over: the time counts from now.</summary>
    public void Start()
    {
        lock (_gate)
        {
            (_stops, _since) = (_stops - 1, _time.GetUtcNow());
            Set();
        }
    }

    /// <summary>Counts from an earlier moment; a later one changes nothing.</summary>
    public void CountFrom(DateTimeOffset since)
    {
        lock (_gate)
        {
            if (since < _since)
            {
                _since = since;
                Set();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _end.Dispose();

    private void Set()
    {
        if (_timeout is { } timeout && _stops == 0)
        {
            var left = _since + timeout - _time.GetUtcNow();
            _end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }
}
