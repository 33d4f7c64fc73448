using Sandbox.Core.Faults;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Http;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Traces;

/// <summary>Sends a trace of each run that has ended, whoever worked it. What does not arrive is tried again with growing waits,
/// for a day, also by the next server.</summary>
internal sealed class TraceSender(
    TraceCollector collector, RunOutbox outbox, RunQueries runs, InstanceQueries instances, TimeProvider time, ILogger<TraceSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private const int FastestGrowth = 20;

    // Before it listens: nothing that is asked of this server can come earlier.
    private readonly DateTimeOffset _begin = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await outbox.CollectAsync(collector.Name, _begin, e => ComposeAsync(e, stoppingToken), stoppingToken);
                while (!stoppingToken.IsCancellationRequested && await outbox.TakeAsync(collector.Name, Lease, stoppingToken) is { } delivery)
                {
                    await SendAsync(delivery);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ServerLog.LoopBroke(logger, e, "The sending of traces");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // A run whose files are still being published, or cannot be, waits; a day at most.
    private async Task<string?> ComposeAsync(RunEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            var run = await runs.GetAsync(happened.RunId, cancellationToken);
            if (await instances.GetAsync(run.Id, cancellationToken) is not { } instance)
            {
                return string.Empty;
            }

            var ended = new EndedRun(happened, run, instance);
            var isEarly = instance.FinishedAt == happened.At && !ended.IsStill && time.GetUtcNow() - happened.At < Patience;
            return isEarly ? null : TraceCollector.Compose(ended);
        }
        catch (FaultException)
        {
            // It was deleted meanwhile.
            return string.Empty;
        }
    }

    // A stop waits for what is being sent, seconds at most: what may have arrived should be noted.
    private async Task SendAsync(Delivery delivery)
    {
        try
        {
            await collector.SendAsync(delivery, CancellationToken.None);
            await outbox.ArrivedAsync(delivery, CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            var now = time.GetUtcNow();
            DateTimeOffset? next = now - delivery.Event.At > Patience ? null : now + Wait(delivery.Attempt);
            ServerLog.NotTraced(logger, collector.Name, delivery.Event.RunId, e.Message, next);
            await outbox.FailedAsync(delivery, e.Message, next, CancellationToken.None);
        }
    }

    private static TimeSpan Wait(int attempt)
    {
        var doubled = Interval * Math.Pow(2, Math.Min(attempt - 1, FastestGrowth));
        return doubled < LongestWait ? doubled : LongestWait;
    }
}
