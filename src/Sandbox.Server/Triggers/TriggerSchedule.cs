using Sandbox.Engine.Activities;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Triggers;
using Sandbox.Server.Http;
using Sandbox.Server.Hosting;
using Sandbox.Server.Work;

namespace Sandbox.Server.Triggers;

/// <summary>
/// Starts runs whose time has come. The times stand in the database, so they survive a restart; a time is moved on in the
/// transaction that creates its run, so one run comes of it however many servers look.
/// </summary>
internal sealed class TriggerSchedule(
    TriggerStore triggers, DefinitionStore definitions, RunLauncher launcher, ServerSettings settings, TimeProvider time, ILogger<TriggerSchedule> logger)
    : BackgroundService
{
    /// <summary>A time that is later than this was missed: nobody was there for it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.TakesUpRuns)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var due in await triggers.DueAsync(stoppingToken))
                {
                    await SeeToAsync(due, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ServerLog.LoopBroke(logger, e, "The schedule");
            }
        }
    }

    /// <summary>Sees to a due trigger once: a run, or none where it was missed and is to be passed over.</summary>
    public async Task SeeToAsync(StoredTrigger due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var schedule = Schedule.Parse(due.ActivityType, due.Input);
        var wasMissed = now - due.NextAt > Grace;
        var next = wasMissed && schedule.Missed != MissedTimes.All ? NextAfter(schedule, due.NextAt!.Value, now) : schedule.Next(due.NextAt!.Value);
        if (wasMissed && schedule.Missed == MissedTimes.Skip)
        {
            await triggers.AdvanceAsync(due, next, cancellationToken);
            ServerLog.Skipped(logger, due.DefinitionId, due.NextAt.Value);
            return;
        }

        if (await definitions.FindByVersionIdAsync(due.DefinitionVersionId, cancellationToken) is not { } definition)
        {
            await triggers.AdvanceAsync(due, null, cancellationToken);
            return;
        }

        try
        {
            await launcher.StartAsync(
                definition,
                new LaunchRequest { TriggerActivityId = due.ActivityId, CommitWork = [new AdvanceTrigger(due, next)] },
                cancellationToken);
        }
        catch (TriggerTakenException)
        {
            // Another server was first.
        }
    }

    // A timer keeps its beat: it is counted on from the time that was missed.
    private static DateTimeOffset? NextAfter(Schedule schedule, DateTimeOffset from, DateTimeOffset now)
    {
        var next = schedule.Next(from);
        if (next is { } first && schedule.Next(first) is { } second && second - first == first - from && first <= now)
        {
            var beat = first - from;
            return from + (beat * (((now - from) / beat) switch { var beats => Math.Floor(beats) + 1 }));
        }

        while (next <= now)
        {
            next = schedule.Next(now);
        }

        return next;
    }
}
