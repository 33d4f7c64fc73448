using System.Collections.Concurrent;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Tells an observer of a run, in the sandbox's words, what the engine says in its own.</summary>
internal sealed class RunObserverAdapter(SandboxLayout layout, IRunObserver observer, TimeProvider time) : IRuntimeObserver
{
    private readonly ConcurrentDictionary<string, JobView> _jobs = new(StringComparer.Ordinal);

    /// <summary>Passes a metric on.</summary>
    public void Metric(string jobId, string name, double value, double? step)
    {
        if (_jobs.TryGetValue(jobId, out var job))
        {
            observer.Metric(job, name, value, step);
        }
    }

    /// <summary>Passes a warning on.</summary>
    public void Warning(string jobId, string text)
    {
        if (_jobs.TryGetValue(jobId, out var job))
        {
            observer.JobWarning(job, text);
        }
    }

    public void JobStarted(JobEvent job)
    {
        if (View(job) is { } view)
        {
            view = view with { State = RunStates.Running, StartedAt = time.GetUtcNow() };
            _jobs[job.JobId] = view;
            observer.JobStarted(view);
        }
    }

    public void JobProgress(JobEvent job, double? fraction, string text)
    {
        if (_jobs.TryGetValue(job.JobId, out var view))
        {
            observer.JobProgress(view, fraction, text);
        }
        else if (job.ActivityType == ActivityNames.CheckTargets)
        {
            // All that it ever tells is why a target cannot be compared.
            observer.JobWarning(TargetsView(job), text);
        }
    }

    public void JobFinished(JobEvent job, JobResult result) =>
        End(job, v => v with
        {
            State = RunStates.Finished,
            Outputs = result.Outputs["result"]?.DeepClone().AsObject(),
            Origin = result.CommitWork.OfType<JobRecordCommit>().FirstOrDefault()?.Origin,
        });

    public void JobFailed(JobEvent job, string message, DateTimeOffset? retryAt) =>
        End(job, v => v with { State = retryAt is null ? RunStates.Failed : RunStates.Pending, Failure = message });

    public void JobStopped(JobEvent job, JobStopReason reason) =>
        End(job, v => v with { State = reason == JobStopReason.Cancelled ? RunStates.Cancelled : RunStates.Interrupted });

    private void End(JobEvent job, Func<JobView, JobView> change)
    {
        if (_jobs.TryRemove(job.JobId, out var view))
        {
            observer.JobEnded(change(view) with { EndedAt = time.GetUtcNow() });
        }
    }

    private static JobView TargetsView(JobEvent job) => new()
    {
        Id = job.JobId,
        ActivityId = job.ActivityId,
        Hook = job.ActivityType,
        Pipeline = "iteration",
        Stage = "targets",
        Index = 0,
        MetaName = ActivityNames.Targets,
        State = RunStates.Running,
        Attempt = job.Attempt,
    };

    private JobView? View(JobEvent job)
    {
        if (ActivityNames.HookOf(job.ActivityType) is not { } hook || layout.Find(job.ActivityId) is not { } place)
        {
            return null;
        }

        return new JobView
        {
            Id = job.JobId,
            ActivityId = job.ActivityId,
            Hook = hook,
            Pipeline = place.Pipeline,
            Stage = place.Stage.ShortName,
            Index = place.Index,
            MetaName = RunViews.MetaName(job.Inputs[ActivityNames.MetaName]),
            Iteration = job.Variables[ActivityNames.IterationVariable].Whole(1),
            State = RunStates.Running,
            Attempt = job.Attempt,
        };
    }
}
