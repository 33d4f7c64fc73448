namespace Sandbox.Workflows.Runs;

/// <summary>Hears what happens to a run while this process works it. Calls may come from several threads.</summary>
public interface IRunObserver
{
    /// <summary>An attempt of a job starts.</summary>
    void JobStarted(JobView job);

    /// <summary>A job says how far it is.</summary>
    /// <param name="job">The job.</param>
    /// <param name="fraction">From 0 to 1, or null where it is not known.</param>
    /// <param name="text">What is being done.</param>
    void JobProgress(JobView job, double? fraction, string text);

    /// <summary>A job logged a metric; not yet committed.</summary>
    void Metric(JobView job, string name, double value, double? step);

    /// <summary>A job logged a warning: malformed rows, a result that is empty.</summary>
    void JobWarning(JobView job, string text);

    /// <summary>A job ended: its state says how. A failed one that will be tried again is <see cref="RunStates.Pending"/>.</summary>
    void JobEnded(JobView job);
}
