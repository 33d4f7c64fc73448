using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <summary>Brings faulted executions of an instance back to life, and those that ended with the fault.</summary>
internal sealed class InstanceRetry(RuntimeSession session, WorkflowExecution workflow)
{
    private readonly List<string> _jobs = [];

    /// <summary>Prepares the retry in memory and says how many faulted executions it concerns.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to try again.</exception>
    public async Task<int> PrepareAsync(string? jobId)
    {
        var instance = workflow.Instance;
        if (instance is { Status: WorkflowStatus.Finished, SubStatus: not WorkflowSubStatus.Faulted })
        {
            throw new InvalidOperationException(
                $"Workflow instance {instance.Id} ended as {instance.SubStatus.ToString().ToLowerInvariant()}; only a faulted one can be tried again.");
        }

        var faulted = workflow.Executions.Values
            .Where(e => e.Status == ActivityStatus.Faulted && (jobId is null || e.Id == jobId))
            .OrderBy(e => e.Order)
            .ToList();
        if (faulted.Count == 0)
        {
            throw new InvalidOperationException(
                jobId is null ? $"Nothing in workflow instance {instance.Id} has faulted." : $"Job {jobId} of workflow instance {instance.Id} has not faulted.");
        }

        foreach (var execution in faulted)
        {
            Settle(execution);
            await ReviveAsync(execution);
        }

        foreach (var execution in workflow.Executions.Values.Where(e => e.Status == ActivityStatus.Canceled).OrderBy(e => e.Order).ToList())
        {
            await ReviveAsync(execution);
        }

        (instance.Status, instance.SubStatus, instance.FinishedAt) = (WorkflowStatus.Running, WorkflowSubStatus.Suspended, null);
        return faulted.Count;
    }

    /// <summary>Forgets the recorded steps of the jobs concerned, inside the transaction that writes the retry.</summary>
    public async Task ForgetStepsAsync()
    {
        foreach (var id in _jobs)
        {
            await session.ExecuteAsync("DELETE FROM JobSteps WHERE JobId = @p0", id);
        }
    }

    private void Settle(ActivityExecution execution)
    {
        workflow.Incidents.RemoveAll(incident => incident.ActivityInstanceId == execution.Id);
        workflow.Changes.SettledIncidents.Add(execution);
        for (var at = execution; at is not null; at = at.Parent)
        {
            at.FaultCount--;
            workflow.Touch(at);
        }
    }

    private async Task ReviveAsync(ActivityExecution execution)
    {
        var job = await session.ReadAsync(() => InstanceReader.FindJobAsync(session, workflow, execution.Id), CancellationToken.None);
        (execution.CompletedAt, execution.Exception) = (null, null);
        workflow.Touch(execution);
        if (job is null)
        {
            // Whatever it had begun inside it is cancelled: it begins anew.
            execution.Status = ActivityStatus.Pending;
            execution.Properties = [];
            return;
        }

        if (job.StartedAt is not null)
        {
            job.FirstAttempt = ++job.Attempt;
        }

        (job.State, job.DueAt, job.EndedAt, job.Message) = (JobState.Queued, null, null, null);
        execution.Status = ActivityStatus.Running;
        workflow.Log(execution, JournalEvents.Retrying);
        workflow.CreateBookmark(execution, execution.Node.Type, new JsonObject { ["jobId"] = job.Id }, null, awaitsJob: true);
        workflow.Jobs.Add(job.Id, job);
        workflow.Changes.Touch(job);
        _jobs.Add(job.Id);
    }
}
