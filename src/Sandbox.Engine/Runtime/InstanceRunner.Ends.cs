using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Runtime;

/// <content>How the work on an instance comes to its end.</content>
internal sealed partial class InstanceRunner
{
    /// <summary>Whether the work is over, and how.</summary>
    private RunEnd? Ended(CancellationToken cancellationToken)
    {
        if (Instance.Status == WorkflowStatus.Finished)
        {
            return EndOf(Instance.SubStatus);
        }

        if (Instance.CancelRequested)
        {
            return RunEnd.Cancelled;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return RunEnd.Interrupted;
        }

        if (!workflow.IsIdle)
        {
            return null;
        }

        if (Instance.PauseRequested)
        {
            return _running.Count == 0 ? RunEnd.Paused : null;
        }

        return HasWork() ? null : workflow.Bookmarks.Count == 0 && workflow.Incidents.Count > 0 ? RunEnd.Faulted : RunEnd.Suspended;
    }

    private bool HasWork() => workflow.Jobs.Count > 0 || (workflow.NextDue()?.DueAt is { } due
        && (services.Options.LongestWait == Timeout.InfiniteTimeSpan || due - workflow.Now <= services.Options.LongestWait));

    /// <summary>Brings the instance to rest as it is left.</summary>
    private async Task<RunEnd> LeaveAsync(RunEnd end)
    {
        _stopping = true;
        await StopJobsAsync(end == RunEnd.Interrupted ? JobStopReason.Interrupted : JobStopReason.Cancelled);
        if (Instance.Status == WorkflowStatus.Running)
        {
            switch (end)
            {
                case RunEnd.Cancelled:
                    workflow.CancelInstance();
                    break;
                case RunEnd.Faulted:
                    workflow.EndInstance(WorkflowSubStatus.Faulted);
                    break;
                default:
                    Instance.SubStatus = end == RunEnd.Interrupted ? WorkflowSubStatus.Interrupted : WorkflowSubStatus.Suspended;
                    break;
            }

            await CommitAsync([]);
        }

        return Instance.Status == WorkflowStatus.Finished ? EndOf(Instance.SubStatus) : end;
    }

    private static RunEnd EndOf(WorkflowSubStatus status) => status switch
    {
        WorkflowSubStatus.Faulted => RunEnd.Faulted,
        WorkflowSubStatus.Cancelled => RunEnd.Cancelled,
        _ => RunEnd.Finished,
    };
}
