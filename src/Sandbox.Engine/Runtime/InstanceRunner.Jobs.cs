using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Leases;

namespace Sandbox.Engine.Runtime;

/// <content>Jobs: launching, what becomes of their ends, and stopping them.</content>
internal sealed partial class InstanceRunner
{
    private void Launch(JobTicket ticket)
    {
        if (ticket.State != JobState.Running)
        {
            return;
        }

        var job = new LiveJob(ticket, Instance, session, observer, services.Options.Node) { WaitsOutside = () => Post(Signal.Due) };
        observer.JobStarted(job.Event);
        _running.Add(ticket.Id, (job, Task.Run(() => ExecuteAsync(job))));
    }

    /// <summary>Runs one attempt; whatever happens, the loop hears of it.</summary>
    private async Task ExecuteAsync(LiveJob job)
    {
        JobEnd end;
        try
        {
            using var clock = new AttemptClock(job.Ticket.Timeout, services.Time);
            job.Clock = clock;
            await using var timedOut = clock.End.Register(() => Post(new Signal(SignalKind.TimedOut, new JobEnd(job, null, null))));
            end = new JobEnd(job, await services.Handler(job.Ticket.Kind).ExecuteAsync(job, job.StopToken), null);
        }
        catch (Exception exception)
        {
            end = new JobEnd(job, null, exception);
        }

        Post(new Signal(SignalKind.JobEnded, end));
    }

    private async Task HandleAsync(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.JobEnded:
                await EndAsync(signal.Job!);
                break;
            case SignalKind.TimedOut:
                await signal.Job!.Job.StopAsync(JobStopReason.TimedOut);
                break;
            case SignalKind.LeaseLost:
                await StopJobsAsync(JobStopReason.LeaseLost);
                throw new LeaseLostException(Instance.Id);
            case SignalKind.Blind:
                throw new IOException($"Workflow instance {Instance.Id} cannot be watched over any more.", signal.Exception);
            case SignalKind.Due or SignalKind.Control:
                // A timer may fire a little before its time; whatever is not due yet then needs it once more.
                _nextDue = null;
                await StepAsync(ResumeBookmarksAsync, []);
                break;
        }
    }

    private async Task EndAsync(JobEnd end)
    {
        var (job, task) = _running[end.Job.JobId];
        _running.Remove(job.JobId);
        await task;
        job.Dispose();
        if (job.Ticket.State != JobState.Running)
        {
            // The branch it belonged to has ended in the meantime; nobody waits for its result.
            observer.JobStopped(job.Event, JobStopReason.Cancelled);
            await StepAsync(() => Task.CompletedTask, []);
        }
        else if (end.Result is { } result)
        {
            await SucceedAsync(job, result);
        }
        else if (job.StopReason is JobStopReason.Interrupted or JobStopReason.Cancelled or JobStopReason.LeaseLost)
        {
            // However it came to its end, it was told to: a training program that got its signal may well have failed.
            job.Ticket.State = JobState.Queued;
            workflow.Changes.Touch(job.Ticket);
            observer.JobStopped(job.Event, job.StopReason);
        }
        else if (end.Exception is JobPausedException)
        {
            await PutBackAsync(job);
        }
        else
        {
            await FailAsync(job, Failure(job, end.Exception!));
        }
    }

    // It is next again: at once where the pause has been taken back meanwhile.
    private Task PutBackAsync(LiveJob job) => StepAsync(
        () =>
        {
            job.Ticket.State = JobState.Queued;
            workflow.Changes.Touch(job.Ticket);
            _queue.Add(job.Ticket);
            return Task.CompletedTask;
        },
        [],
        () =>
        {
            observer.JobStopped(job.Event, JobStopReason.Interrupted);
            return Task.CompletedTask;
        });

    private Task SucceedAsync(LiveJob job, JobResult result) => StepAsync(
        () =>
        {
            workflow.CompleteJob(job.Ticket, result);
            return Task.CompletedTask;
        },
        result.CommitWork,
        async () =>
        {
            observer.JobFinished(job.Event, result);
            if (result.BeforeNext is { } beforeNext)
            {
                await beforeNext(CancellationToken.None);
            }
        });

    private async Task FailAsync(LiveJob job, Exception failure)
    {
        var ticket = job.Ticket;
        var retries = failure is not JobFailure { NonRetryable: true } && ticket.HasAttemptsLeft;
        var retryAt = retries ? workflow.Now + ticket.NextBackoff() : (DateTimeOffset?)null;
        RuntimeLog.JobFailed(services.Logger, job.JobId, job.ActivityId, job.Attempt, failure);
        await StepAsync(
            () =>
            {
                if (retryAt is null)
                {
                    workflow.FaultJob(ticket, failure);
                    return Task.CompletedTask;
                }

                (ticket.State, ticket.DueAt, ticket.Message) = (JobState.Queued, retryAt, failure.Message);
                ticket.Attempt++;
                workflow.Log(ticket.Execution, JournalEvents.Retrying, failure.Message);
                workflow.Changes.Touch(ticket);
                _queue.Add(ticket);
                return Task.CompletedTask;
            },
            [],
            () =>
            {
                observer.JobFailed(job.Event, failure.Message, retryAt);
                return Task.CompletedTask;
            });
    }

    private static Exception Failure(LiveJob job, Exception exception) =>
        job.StopReason == JobStopReason.TimedOut
            ? new JobFailure($"Attempt {job.Attempt} took longer than its timeout of {job.Ticket.Timeout}.", exception)
            : exception;

    /// <summary>Tells handlers whose jobs have ended by other means to stop.</summary>
    private async Task StopEndedAsync()
    {
        foreach (var (job, _) in _running.Values.Where(r => r.Job.Ticket.State != JobState.Running).ToList())
        {
            await job.StopAsync(JobStopReason.Cancelled);
        }
    }

    /// <summary>Tells all handlers to stop and sees them off; what finishes all the same is committed.</summary>
    private async Task StopJobsAsync(JobStopReason reason)
    {
        _stopping = true;
        foreach (var (job, _) in _running.Values.ToList())
        {
            await job.StopAsync(reason);
        }

        while (_running.Count > 0)
        {
            var signal = await _signals.Reader.ReadAsync(CancellationToken.None);
            if (signal.Kind == SignalKind.JobEnded)
            {
                await EndAsync(signal.Job!);
            }
        }
    }

    /// <summary>Sees handlers off after the loop broke: nothing can be committed any more.</summary>
    private async Task AbandonJobsAsync()
    {
        foreach (var (job, task) in _running.Values)
        {
            await job.StopAsync(JobStopReason.Interrupted);
            await task;
            job.Dispose();
        }

        _running.Clear();
    }
}
