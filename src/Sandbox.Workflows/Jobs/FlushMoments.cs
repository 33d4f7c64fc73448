namespace Sandbox.Workflows.Jobs;

/// <summary>The moments at which an attempt's figures are committed while it runs: within a second of the first that waits. It asks
/// for no time while nothing waits, and all attempts commit at the same moments: two hundred of them wake nobody up two hundred
/// times a second.</summary>
internal sealed class FlushMoments : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Func<Task<bool>> _write;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Task _writing = Task.CompletedTask;
    private bool _isDue;
    private bool _isEnded;

    /// <summary>Moments for one attempt.</summary>
    /// <param name="write">Commits what waits; false where it is to be tried again at the next moment.</param>
    /// <param name="time">The clock that all attempts share.</param>
    public FlushMoments(Func<Task<bool>> write, TimeProvider time)
    {
        (_write, _time) = (write, time);
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something waits: it is committed at the next moment.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (!_isDue && !_isEnded)
            {
                Await();
            }
        }
    }

    /// <summary>No more moments from now on; one that has begun goes on.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
        }
    }

    /// <summary>Ends the moments and waits for one that has begun.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_gate)
        {
            _isEnded = true;
            last = _writing;
        }

        await _timer.DisposeAsync();
        await last;
    }

    // The next whole second of the clock.
    private void Await()
    {
        _isDue = true;
        var past = TimeSpan.FromTicks(_time.GetUtcNow().Ticks % Every.Ticks);
        _timer.Change(Every - past, Timeout.InfiniteTimeSpan);
    }

    // Most jobs of a long list end before the first tick: none of them pays for a task of its own.
    private void Tick()
    {
        lock (_gate)
        {
            _isDue = false;
            if (_isEnded)
            {
                return;
            }

            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteAsync);
            }
            else
            {
                Await();
            }
        }
    }

    private async Task WriteAsync()
    {
        if (!await _write())
        {
            Ask();
        }
    }
}
