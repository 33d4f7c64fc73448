using System.Collections.Concurrent;

namespace Sandbox.Environments.Supervision;

/// <summary>The one loop that looks after all processes that somebody waits for.</summary>
internal sealed class ProcessWatch(TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<SupervisedProcess, bool> _watched = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly SpareMemory _memory = new(time);
    private Task _loop = Task.CompletedTask;

    /// <summary>Looks after a process until the result is disposed.</summary>
    public IDisposable Add(SupervisedProcess process)
    {
        lock (_gate)
        {
            _watched[process] = true;
            if (process.IsFirstWait())
            {
                _memory.Busy();
            }

            if (_loop.IsCompleted)
            {
                _loop = LoopAsync();
            }
        }

        return new Watching(() => _watched.TryRemove(process, out _));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                foreach (var process in _watched.Keys)
                {
                    Look(process);
                }

                _memory.Look();
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }
    }

    // A disk that fails for a moment must not blind the loop for all others.
    private static void Look(SupervisedProcess process)
    {
        try
        {
            process.Look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            process.LookFailed();
        }
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
