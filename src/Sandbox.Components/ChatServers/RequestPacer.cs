namespace Sandbox.Components.ChatServers;

/// <summary>Spreads requests so that no more than a number of them begin in a minute.</summary>
internal sealed class RequestPacer(double perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for one's turn.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (perMinute <= 0)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + TimeSpan.FromMinutes(1 / perMinute);
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
