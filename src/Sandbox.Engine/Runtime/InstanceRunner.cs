using System.Threading.Channels;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <summary>
/// Works one instance under its lease. One loop takes signals (a job ended, a time has come, somebody asked for
/// something), changes the instance in memory, and commits; jobs run beside it and reach the instance only through
/// that loop.
/// </summary>
internal sealed partial class InstanceRunner(
    RuntimeServices services, RuntimeSession session, WorkflowExecution workflow, IRuntimeObserver observer)
{
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>();
    private readonly Dictionary<string, (LiveJob Job, Task Task)> _running = new(StringComparer.Ordinal);
    private readonly JobQueue _queue = new();
    private bool _stopping;
    private DateTimeOffset? _nextDue;

    private InstanceState Instance => workflow.Instance;

    /// <summary>Works until the instance ends, has nothing to do, or is told to stop.</summary>
    public async Task<RunOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var watching = new CancellationTokenSource();
        await using var due = services.Time.CreateTimer(
            _ => Post(Signal.Due), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var interrupted = cancellationToken.Register(() => Post(Signal.Interrupt));
        var watch = WatchAsync(watching.Token);
        try
        {
            foreach (var job in workflow.Jobs.Values.OrderBy(job => job.Execution.Order))
            {
                _queue.Add(job);
            }

            return new RunOutcome(await LoopAsync(due, cancellationToken), [.. workflow.Incidents]);
        }
        finally
        {
            await AbandonJobsAsync();
            await watching.CancelAsync();
            await watch;
        }
    }

    private async Task<RunEnd> LoopAsync(ITimer due, CancellationToken cancellationToken)
    {
        var goesOn = Instance is { Status: WorkflowStatus.Running, CancelRequested: false } && !cancellationToken.IsCancellationRequested;
        if (goesOn)
        {
            await StepAsync(ResumeBookmarksAsync, []);
        }

        while (true)
        {
            if (Ended(cancellationToken) is { } end)
            {
                return await LeaveAsync(end);
            }

            if (!workflow.IsIdle)
            {
                await StepAsync(() => Task.CompletedTask, []);
                continue;
            }

            SetTimer(due);
            await HandleAsync(await _signals.Reader.ReadAsync(CancellationToken.None));
        }
    }

    /// <summary>Changes the instance, runs the burst that follows, commits, and starts what was claimed in the commit.</summary>
    private async Task StepAsync(Func<Task> change, IReadOnlyList<ICommitWork> work, Func<Task>? afterCommit = null)
    {
        await change();
        await workflow.RunBurstAsync(services.Options.BurstLimit, CancellationToken.None);
        var claimed = await CommitAsync(work);
        if (afterCommit is not null)
        {
            await afterCommit();
        }

        await StopEndedAsync();
        claimed.ForEach(Launch);
    }

    private async Task<List<JobTicket>> CommitAsync(IReadOnlyList<ICommitWork> work)
    {
        var changes = workflow.Changes;
        foreach (var job in changes.Jobs.Where(job => job is { IsStored: false, State: JobState.Queued }))
        {
            _queue.Add(job);
        }

        var claimed = Claim();
        Settle();
        await session.WriteAsync(
            async scope =>
            {
                await InstanceWriter.WriteAsync(session, workflow);
                foreach (var item in work)
                {
                    await item.ApplyAsync(scope, CancellationToken.None);
                }
            },
            CancellationToken.None);
        Tell(changes);
        changes.Clear();
        return claimed;
    }

    /// <summary>Takes jobs that this worker starts at once, so that their lease rides in the commit that is due anyway.</summary>
    private List<JobTicket> Claim()
    {
        var claimed = new List<JobTicket>();
        if (_stopping || Instance.PauseRequested || Instance.CancelRequested || Instance.Status == WorkflowStatus.Finished)
        {
            return claimed;
        }

        while (_running.Values.Count(r => !r.Job.IsOutside) + claimed.Count < services.Options.MaxParallelJobs && _queue.TryTake(workflow.Now, out var job))
        {
            (job.State, job.StartedAt, job.DueAt) = (JobState.Running, workflow.Now, null);
            workflow.Changes.Touch(job);
            claimed.Add(job);
        }

        return claimed;
    }

    /// <summary>Says where a running instance stands once the burst is over.</summary>
    private void Settle()
    {
        if (Instance is { Status: WorkflowStatus.Running, SubStatus: WorkflowSubStatus.Executing or WorkflowSubStatus.Suspended }
            && !_stopping)
        {
            Instance.SubStatus = workflow.IsIdle && workflow.Jobs.Count == 0 ? WorkflowSubStatus.Suspended : WorkflowSubStatus.Executing;
        }
    }

    private void Tell(BurstChanges changes)
    {
        foreach (var e in changes.Executions)
        {
            observer.ActivityChanged(new ActivityChange(Instance.Id, e.Id, e.Node.NodeId, e.Node.Type, e.Status));
        }

        observer.InstanceChanged(Instance.Id);
    }
}
