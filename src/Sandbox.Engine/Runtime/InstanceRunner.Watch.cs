using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <content>Time and the outside world: due times, events, and what other processes ask for.</content>
internal sealed partial class InstanceRunner
{
    /// <summary>Keeps the lease and looks for pause, cancel and events.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var kept = services.Time.GetUtcNow();
        using var timer = new PeriodicTimer(services.Options.PollInterval, services.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = services.Time.GetUtcNow();
                if (now - kept >= services.Options.LeaseDuration / 3)
                {
                    kept = now;
                    if (!await services.Leases.KeepAsync(session, Instance.Id, Instance.Fence, cancellationToken))
                    {
                        Post(Signal.LeaseLost);
                        return;
                    }
                }

                await LookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
        catch (Exception exception)
        {
            // A worker that can neither keep its lease nor hear of a cancel must not go on.
            Post(new Signal(SignalKind.Blind, Exception: exception));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var rows = await session.ReadAsync(
            () => session.QueryAsync(
                "SELECT PauseRequested, CancelRequested, EXISTS (SELECT 1 FROM Bookmarks b WHERE b.InstanceId = w.Id AND b.ResumedAt IS NOT NULL) "
                + "FROM WorkflowInstances w WHERE Id = @p0",
                row => (Pause: row.Flag(0), Cancel: row.Flag(1), Resumed: row.Flag(2)),
                Instance.Id),
            cancellationToken);
        if (rows is [var now] && (now.Pause != Instance.PauseRequested || now.Cancel != Instance.CancelRequested || now.Resumed))
        {
            (Instance.PauseRequested, Instance.CancelRequested) = (now.Pause, now.Cancel);
            Post(Signal.Control);
        }
    }

    /// <summary>Resumes what is due and what an event has come for.</summary>
    private async Task ResumeBookmarksAsync()
    {
        var events = await session.ReadAsync(
            () => session.QueryAsync(
                "SELECT Id, ResumeInput FROM Bookmarks WHERE InstanceId = @p0 AND ResumedAt IS NOT NULL ORDER BY ResumedAt",
                row => (Id: row.GetString(0), Input: row.Node(1)),
                Instance.Id),
            CancellationToken.None);
        foreach (var (id, input) in events)
        {
            if (workflow.Bookmarks.TryGetValue(id, out var bookmark))
            {
                await workflow.ResumeAsync(bookmark, input, CancellationToken.None);
            }
        }

        while (workflow.NextDue() is { } bookmark && bookmark.DueAt <= workflow.Now)
        {
            await workflow.ResumeAsync(bookmark, null, CancellationToken.None);
        }
    }

    private void SetTimer(ITimer timer)
    {
        var bookmark = workflow.NextDue()?.DueAt;
        var job = Instance.PauseRequested ? null : _queue.NextDue();
        var next = bookmark is null || job < bookmark ? job ?? bookmark : bookmark;
        if (next != _nextDue)
        {
            _nextDue = next;
            var wait = next is { } due ? due - workflow.Now : Timeout.InfiniteTimeSpan;
            timer.Change(wait < TimeSpan.Zero && next is not null ? TimeSpan.Zero : Cap(wait), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Timers cut off what is less than a millisecond, which would be too early, and count at most some 49 days;
    /// a longer wait is looked at again in between.</summary>
    private static TimeSpan Cap(TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan
            ? wait
            : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), TimeSpan.FromDays(1).TotalMilliseconds));
}
