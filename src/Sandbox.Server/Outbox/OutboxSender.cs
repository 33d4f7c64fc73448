using Sandbox.Core.Faults;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Http;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Outbox;

/// <summary>Tells others of runs, each in a loop of its own: one that hangs holds up nobody. What does not arrive is tried again
/// with growing waits, for a day, also by the next server. Without targets it does nothing.</summary>
internal sealed class OutboxSender(
    IEnumerable<IOutboxTarget> targets, RunOutbox outbox, RunQueries runs, InstanceQueries instances, TimeProvider time, ILogger<OutboxSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private const int FastestGrowth = 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(targets.Select(t => TellAsync(t, stoppingToken)));

    private async Task TellAsync(IOutboxTarget target, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await outbox.CollectAsync(target.Name, e => ComposeAsync(target, e, stoppingToken), stoppingToken);
                while (await outbox.TakeAsync(target.Name, Lease, stoppingToken) is { } delivery)
                {
                    await SendAsync(target, delivery, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                ServerLog.LoopBroke(logger, e, $"What is told to {target.Name}");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> ComposeAsync(IOutboxTarget target, RunEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            var run = await runs.GetAsync(happened.RunId, cancellationToken);
            if (await instances.GetAsync(run.Id, cancellationToken) is not { } instance)
            {
                return string.Empty;
            }

            var told = new ToldRun(happened, run, instance);
            var isEarly = happened.Name != RunEvents.Started && instance.FinishedAt == happened.At && !told.HasEnded;
            return isEarly ? null : target.Compose(told);
        }
        catch (FaultException)
        {
            // It was deleted meanwhile.
            return string.Empty;
        }
    }

    private async Task SendAsync(IOutboxTarget target, Delivery delivery, CancellationToken stoppingToken)
    {
        try
        {
            await target.SendAsync(delivery, stoppingToken);
            await outbox.ArrivedAsync(delivery, CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            var now = time.GetUtcNow();
            DateTimeOffset? next = now - delivery.Event.At > Patience ? null : now + Wait(delivery.Attempt);
            ServerLog.NotTold(logger, target.Name, delivery.Event.Name, delivery.Event.RunId, e.Message, next);
            await outbox.FailedAsync(delivery, e.Message, next, CancellationToken.None);
        }
    }

    private static TimeSpan Wait(int attempt)
    {
        var doubled = Interval * Math.Pow(2, Math.Min(attempt - 1, FastestGrowth));
        return doubled < LongestWait ? doubled : LongestWait;
    }
}
