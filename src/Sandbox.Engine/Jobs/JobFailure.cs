namespace Sandbox.Engine.Jobs;

/// <summary>An attempt failed for a reason that a person can read: the message is shown without a stack trace.</summary>
public class JobFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether another attempt would only fail again; such a job faults at once.</summary>
    public bool NonRetryable { get; init; }
}
