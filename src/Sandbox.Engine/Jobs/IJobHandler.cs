namespace Sandbox.Engine.Jobs;

/// <summary>Runs the jobs of one kind. One instance serves all jobs, several of them at once.</summary>
public interface IJobHandler
{
    /// <summary>The kind of job, as a job activity names it (<see cref="JobActivityOptions.HandlerKind"/>).</summary>
    string Kind { get; }

    /// <summary>
    /// Runs one attempt, or goes on with one that an earlier process left unfinished (same
    /// <see cref="JobExecution.Attempt"/>, higher <see cref="JobExecution.Fence"/>). The result is committed
    /// together with what follows from it; until then nothing of it is known to anybody.
    /// </summary>
    /// <param name="job">The job and its doors to the engine.</param>
    /// <param name="cancellationToken">Signals that the attempt must end; <see cref="JobExecution.StopReason"/> says why.</param>
    /// <exception cref="JobFailure">The attempt failed for a reason that a person can read.</exception>
    /// <exception cref="OperationCanceledException">The attempt ended because it was told to.</exception>
    Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken);
}
