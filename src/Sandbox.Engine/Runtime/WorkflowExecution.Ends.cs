using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;

namespace Sandbox.Engine.Runtime;

/// <content>How executions and the instance end.</content>
internal sealed partial class WorkflowExecution
{
    private static readonly IReadOnlyList<string> DefaultOutcomes = ["Done"];

    /// <summary>Completes an execution: its bookmarks go, its children are cancelled, its parent hears of it. Completing
    /// twice does nothing.</summary>
    public void Complete(ActivityExecution execution, IReadOnlyList<string> outcomes)
    {
        if (execution.Status != ActivityStatus.Running || !execution.IsActive)
        {
            return;
        }

        execution.Outcomes = outcomes.Count == 0 ? DefaultOutcomes : outcomes;
        End(execution, ActivityStatus.Completed, JournalEvents.Completed);
        if (execution.Parent is { } parent)
        {
            _completions.Enqueue((parent, new ChildCompletion(execution.Id, execution.Node, execution.Outcomes)));
        }
        else
        {
            EndInstance(WorkflowSubStatus.Finished);
        }
    }

    /// <summary>Cancels an execution and all inside it; its parent does not hear of it.</summary>
    public void Cancel(ActivityExecution execution)
    {
        if (execution.IsActive && execution.Status != ActivityStatus.Completed)
        {
            End(execution, ActivityStatus.Canceled, JournalEvents.Canceled);
        }
    }

    /// <summary>An activity ends the workflow as finished, whatever else is still active.</summary>
    public void Finish(ActivityExecution by)
    {
        by.Outcomes = DefaultOutcomes;
        End(by, ActivityStatus.Completed, JournalEvents.Completed);
        EndAll(WorkflowSubStatus.Finished, ActivityStatus.Completed);
    }

    /// <summary>Cancels the workflow.</summary>
    public void CancelInstance() => EndAll(WorkflowSubStatus.Cancelled, ActivityStatus.Canceled);

    /// <summary>Turns a failure of an activity into an incident.</summary>
    public void Fault(ActivityExecution execution, Exception exception)
    {
        if (execution.Status is ActivityStatus.Completed or ActivityStatus.Canceled || !execution.IsActive)
        {
            return;
        }

        var expected = exception is ActivityFault or JobFailure;
        execution.Exception = expected ? ExceptionJson.Brief(exception) : ExceptionJson.Full(exception);
        EndParts(execution);
        execution.Status = ActivityStatus.Faulted;
        execution.CompletedAt = Now;
        for (var at = execution; at is not null; at = at.Parent)
        {
            at.FaultCount++;
            Touch(at);
        }

        Log(execution, JournalEvents.Faulted, exception.Message);
        var node = execution.Node;
        var incident = new Incident(
            node.Id, node.NodeId, node.Type, execution.Id, exception.Message, execution.Exception.DeepClone().AsObject(), Now);
        Incidents.Add(incident);
        Changes.Incidents.Add(incident);
        if (Graph.IncidentStrategy == IncidentStrategy.Fault)
        {
            EndInstance(WorkflowSubStatus.Faulted);
            StopSiblings();
        }
    }

    /// <summary>A job that failed for good: an incident.</summary>
    public void FaultJob(JobTicket job, Exception exception)
    {
        (job.State, job.EndedAt, job.Message) = (JobState.Faulted, Now, exception.Message);
        Jobs.Remove(job.Id);
        Changes.Touch(job);
        Fault(job.Execution, exception);
    }

    /// <summary>Jobs of other branches end with a faulted instance, but stay in its state: a retry takes them up again.</summary>
    private void StopSiblings()
    {
        foreach (var job in Jobs.Values.ToList())
        {
            var execution = job.Execution;
            EndParts(execution);
            (execution.Status, execution.CompletedAt) = (ActivityStatus.Canceled, Now);
            Touch(execution);
            Log(execution, JournalEvents.Canceled);
        }
    }

    /// <summary>Ends the instance; what is active stays in the state where a retry can find it.</summary>
    public void EndInstance(WorkflowSubStatus status)
    {
        Instance.Status = WorkflowStatus.Finished;
        Instance.SubStatus = status;
        Instance.FinishedAt = Now;
    }

    private void EndAll(WorkflowSubStatus status, ActivityStatus rootStatus)
    {
        _scheduled.Clear();
        _completions.Clear();
        var root = Executions.Values.First(e => e.Parent is null);
        End(root, rootStatus, rootStatus == ActivityStatus.Completed ? JournalEvents.Completed : JournalEvents.Canceled);
        EndInstance(status);
    }

    private void End(ActivityExecution execution, ActivityStatus status, string eventName)
    {
        EndParts(execution);
        if (execution.Status is not (ActivityStatus.Faulted or ActivityStatus.Completed))
        {
            execution.Status = status;
            execution.CompletedAt = Now;
            Log(execution, eventName);
        }

        Touch(execution);
        Detach(execution);
    }

    private void EndParts(ActivityExecution execution)
    {
        foreach (var child in execution.Children.OrderBy(child => child.Order).ToList())
        {
            Cancel(child);
        }

        execution.Bookmarks.ForEach(RemoveBookmark);
        execution.Bookmarks.Clear();
        if (Jobs.Remove(execution.Id, out var job))
        {
            (job.State, job.EndedAt) = (JobState.Cancelled, Now);
            Changes.Touch(job);
        }
    }

    private void RemoveBookmark(Bookmark bookmark)
    {
        Bookmarks.Remove(bookmark.Id);
        Changes.Remove(bookmark);
    }
}
