using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Runtime;

/// <summary>Hears what happens to an instance while this process works it. Calls come one at a time, except for
/// <see cref="JobProgress"/>, which comes from the job's own thread. What is told here is committed already, except progress.</summary>
public interface IRuntimeObserver
{
    /// <summary>An attempt starts.</summary>
    void JobStarted(JobEvent job)
    {
    }

    /// <summary>A job says how far it is.</summary>
    void JobProgress(JobEvent job, double? fraction, string text)
    {
    }

    /// <summary>A job's result is committed.</summary>
    void JobFinished(JobEvent job, JobResult result)
    {
    }

    /// <summary>An attempt failed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="retryAt">When the next attempt is due; null where the job has faulted.</param>
    void JobFailed(JobEvent job, string message, DateTimeOffset? retryAt)
    {
    }

    /// <summary>A job was cancelled or put back into the queue without a result.</summary>
    void JobStopped(JobEvent job, JobStopReason reason)
    {
    }

    /// <summary>An activity's execution changed its status.</summary>
    void ActivityChanged(ActivityChange change)
    {
    }

    /// <summary>A burst is committed: state, journal and bookmarks may have changed.</summary>
    void InstanceChanged(string instanceId)
    {
    }
}

/// <summary>Which job an observer hears of.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="JobId">The job.</param>
/// <param name="ActivityId">The activity's id.</param>
/// <param name="NodeId">Its path.</param>
/// <param name="ActivityType">Its type name.</param>
/// <param name="Attempt">Attempt, from 1.</param>
public sealed record JobEvent(
    string InstanceId, string JobId, string ActivityId, string NodeId, string ActivityType, int Attempt)
{
    /// <summary>The activity's inputs, evaluated, under their camel-case names; to be read only.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The variables in scope when the job was created, by name; to be read only.</summary>
    public JsonObject Variables { get; init; } = [];
}

/// <summary>An activity's execution in a new status.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ActivityInstanceId">The execution.</param>
/// <param name="NodeId">The activity's path.</param>
/// <param name="ActivityType">Its type name.</param>
/// <param name="Status">The new status.</param>
public sealed record ActivityChange(
    string InstanceId, string ActivityInstanceId, string NodeId, string ActivityType, Activities.ActivityStatus Status);

/// <summary>An observer for those who do not want to hear anything.</summary>
public sealed class NoObserver : IRuntimeObserver
{
    /// <summary>The one instance.</summary>
    public static NoObserver Instance { get; } = new();
}
