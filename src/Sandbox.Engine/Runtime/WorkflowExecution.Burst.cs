using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;

namespace Sandbox.Engine.Runtime;

/// <content>How a burst runs.</content>
internal sealed partial class WorkflowExecution
{
    /// <summary>
    /// Runs scheduled activities until nothing is left before the next stimulus, or until the limit is reached: a loop
    /// without jobs must not grow one transaction without end. Scheduled activities that have not begun are part of
    /// the state, so a commit in between loses nothing.
    /// </summary>
    public async Task RunBurstAsync(int limit, CancellationToken cancellationToken)
    {
        if (Instance.SubStatus is WorkflowSubStatus.Pending or WorkflowSubStatus.Suspended or WorkflowSubStatus.Interrupted)
        {
            Instance.SubStatus = WorkflowSubStatus.Executing;
        }

        await DrainCompletionsAsync(cancellationToken);
        for (var count = 0; count < limit && Instance.Status == WorkflowStatus.Running; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_scheduled.TryDequeue(out var execution))
            {
                return;
            }

            if (execution is { Status: ActivityStatus.Pending, IsActive: true })
            {
                await GuardAsync(execution, () => BeginAsync(execution, cancellationToken));
                await DrainCompletionsAsync(cancellationToken);
            }
        }
    }

    /// <summary>A job's result: its activity gets the outputs and completes.</summary>
    public void CompleteJob(JobTicket job, JobResult result)
    {
        (job.State, job.EndedAt, job.Message) = (JobState.Completed, Now, null);
        Jobs.Remove(job.Id);
        Changes.Touch(job);
        foreach (var (name, value) in result.Outputs)
        {
            SetOutput(job.Execution, name, value);
        }

        Complete(job.Execution, result.Outcomes);
    }

    /// <summary>A bookmark's stimulus has come.</summary>
    public async Task ResumeAsync(Bookmark bookmark, JsonNode? input, CancellationToken cancellationToken)
    {
        var execution = bookmark.Execution;
        RemoveBookmark(bookmark);
        execution.Bookmarks.Remove(bookmark);
        Touch(execution);
        Log(execution, JournalEvents.Resumed);
        if (execution.Node.Behavior is IResumableActivity resumable)
        {
            await GuardAsync(execution, () => resumable.ResumeAsync(new ActivityContext(this, execution), input, cancellationToken));
        }
        else
        {
            Complete(execution, []);
        }
    }

    private async ValueTask BeginAsync(ActivityExecution execution, CancellationToken cancellationToken)
    {
        execution.Status = ActivityStatus.Running;
        execution.StartedAt = Now;
        Touch(execution);
        Log(execution, JournalEvents.Started);
        VariableScope.Declare(execution);
        execution.Inputs = InputEvaluator.EvaluateAll(this, execution);
        await execution.Node.Behavior.ExecuteAsync(new ActivityContext(this, execution), cancellationToken);
    }

    private async Task DrainCompletionsAsync(CancellationToken cancellationToken)
    {
        while (_completions.TryDequeue(out var item))
        {
            var (parent, child) = item;
            if (parent is { Status: ActivityStatus.Running, IsActive: true } && parent.Node.Behavior is IParentActivity behavior)
            {
                await GuardAsync(parent, () =>
                    behavior.ChildCompletedAsync(new ActivityContext(this, parent), child, cancellationToken));
            }
        }
    }

    private async Task GuardAsync(ActivityExecution execution, Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception exception)
        {
            Fault(execution, exception);
        }
    }
}
