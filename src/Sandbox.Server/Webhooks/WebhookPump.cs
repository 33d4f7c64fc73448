using Sandbox.Engine.Runtime;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Webhooks;

/// <summary>
/// Tells others what happens to runs, whichever process works them: it looks into the database. Each event comes at least once
/// and with the same id each time; what cannot be delivered is kept and tried again for three days. Of several servers on one
/// home one sends: whoever holds the lock.
/// </summary>
internal sealed class WebhookPump(
    InstanceQueries instances, WebhookSender sender, SandboxHome home, ServerSettings settings, TimeProvider time, ILogger<WebhookPump> logger)
    : BackgroundService
{
    private const int MostChanges = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private const int MostAttempts = 80;

    /// <summary>Who commits later may bear an earlier time: each look goes back so far, and passes over what it has seen.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private string StatePath => Path.Combine(home.Root, "webhooks.json");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Webhooks.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        FileStream? held = null;
        try
        {
            do
            {
                held ??= TryLock();
                if (held is not null)
                {
                    await TryAsync(stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            held?.Dispose();
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PumpAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ServerLog.LoopBroke(logger, e, "The webhooks");
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var state = await WebhookState.ReadAsync(StatePath, time.GetUtcNow(), cancellationToken);
        if (!File.Exists(StatePath))
        {
            await state.WriteAsync(StatePath, cancellationToken);
        }

        var looked = await LookAsync(state, cancellationToken);
        if (looked != state)
        {
            // Written down before anything is sent: a crash sends again, and never forgets.
            await looked.WriteAsync(StatePath, cancellationToken);
        }

        var due = looked.Pending.Where(p => p.NextAt <= time.GetUtcNow()).ToList();
        if (due.Count > 0)
        {
            var left = new List<PendingDelivery>(looked.Pending.Except(due));
            foreach (var delivery in due)
            {
                left.AddRange(await DeliverAsync(delivery, cancellationToken));
            }

            await (looked with { Pending = left }).WriteAsync(StatePath, cancellationToken);
        }
    }

    private async Task<WebhookState> LookAsync(WebhookState state, CancellationToken cancellationToken)
    {
        var changed = await instances.ListAsync(
            new InstanceFilter
            {
                Times = [new TimeCondition(InstanceOrder.UpdatedAt, TimeOperator.GreaterThan, state.UpTo - Overlap)],
                OrderBy = InstanceOrder.UpdatedAt,
                Descending = false,
                Take = MostChanges,
            },
            cancellationToken);
        if (changed.Items.Count == 0)
        {
            return state;
        }

        var events = changed.Items.SelectMany(i => WebhookEvent.Of(i, state.Begin > state.UpTo - Overlap ? state.Begin : state.UpTo - Overlap)).ToList();
        var fresh = events.Where(e => !state.Seen.Contains(e.Id, StringComparer.Ordinal)).ToList();
        var upTo = changed.Items[^1].UpdatedAt;
        return fresh.Count == 0 && upTo == state.UpTo
            ? state
            : state with
            {
                UpTo = upTo,
                Pending = [.. state.Pending, .. fresh.SelectMany(e => settings.Webhooks.Select(url => new PendingDelivery(url, e.Id, e.Name, e.Body, 0, time.GetUtcNow())))],
                Seen = [.. events.Select(e => e.Id)],
            };
    }

    private async Task<IEnumerable<PendingDelivery>> DeliverAsync(PendingDelivery delivery, CancellationToken cancellationToken)
    {
        if (await sender.SendAsync(delivery, cancellationToken) is not { } problem)
        {
            return [];
        }

        var attempts = delivery.Attempts + 1;
        ServerLog.NotDelivered(logger, delivery.Event, delivery.Url, problem, attempts);
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(attempts, 20))));
        return attempts >= MostAttempts ? [] : [delivery with { Attempts = attempts, NextAt = time.GetUtcNow() + pause }];
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(home.Root, "webhooks.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
