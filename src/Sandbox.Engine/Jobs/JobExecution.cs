using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Jobs;

/// <summary>A job as its handler sees it: what to do, and the doors to the engine while doing it. All writes through
/// it are refused once another worker has taken the instance (<see cref="Leases.LeaseLostException"/>).</summary>
public abstract class JobExecution
{
    /// <summary>The workflow instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The job: 16 hex digits, the id of the activity's execution.</summary>
    public abstract string JobId { get; }

    /// <summary>The activity's id in the definition.</summary>
    public abstract string ActivityId { get; }

    /// <summary>The path of ids from <c>Workflow1</c> down to the activity, joined by colons.</summary>
    public abstract string NodeId { get; }

    /// <summary>The activity's type name.</summary>
    public abstract string ActivityType { get; }

    /// <summary>The activity's name in the definition, or null.</summary>
    public abstract string? ActivityName { get; }

    /// <summary>The activity's <c>customProperties</c>.</summary>
    public abstract JsonObject CustomProperties { get; }

    /// <summary>The definition version that the instance runs.</summary>
    public abstract string DefinitionVersionId { get; }

    /// <summary>Attempt, from 1. An attempt that a crash or shutdown interrupted keeps its number.</summary>
    public abstract int Attempt { get; }

    /// <summary>Attempts in all.</summary>
    public abstract int MaxAttempts { get; }

    /// <summary>The fencing token of the lease under which this worker runs the job.</summary>
    public abstract long Fence { get; }

    /// <summary>The activity's inputs, evaluated, under their camel-case names.</summary>
    public abstract JsonObject Inputs { get; }

    /// <summary>The variables in scope when the job was created, by name.</summary>
    public abstract JsonObject Variables { get; }

    /// <summary>Why the attempt is told to end; decides whether to stop or to leave alone what outlives this process.</summary>
    public abstract JobStopReason StopReason { get; }

    /// <summary>The recorded result of a durable step, or null where the step has not finished.</summary>
    /// <param name="number">The step's number within the job; steps survive attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task<JobStep?> FindStepAsync(int number, CancellationToken cancellationToken);

    /// <summary>Records that a step has finished, durably.</summary>
    public Task RecordStepAsync(int number, string name, JsonNode? result, CancellationToken cancellationToken) =>
        RecordStepAsync(number, name, result, [], cancellationToken);

    /// <summary>Records that a step has finished, durably, together with what must be written in the same transaction.</summary>
    public abstract Task RecordStepAsync(
        int number, string name, JsonNode? result, IReadOnlyList<ICommitWork> work, CancellationToken cancellationToken);

    /// <summary>Writes in a transaction of the engine in the middle of the job.</summary>
    public abstract Task CommitAsync(ICommitWork work, CancellationToken cancellationToken);

    /// <summary>How long an attempt may take; null for as long as it needs.</summary>
    public virtual TimeSpan? Timeout => null;

    /// <summary>Says that the job waits for something outside this process: until the result is disposed, another job of
    /// the instance may run in its place.</summary>
    public virtual IDisposable WaitOutside() => new OutsideWait(() => { });

    /// <summary>Says that the job waits in line for something before it can begin: as <see cref="WaitOutside"/>, and the
    /// time of the attempt counts from the end of the wait.</summary>
    public virtual IDisposable WaitInLine() => WaitOutside();

    /// <summary>Says that the attempt has been at work since then, under an earlier process: its timeout counts from there.
    /// A moment after the one that is known changes nothing.</summary>
    public virtual void CountFrom(DateTimeOffset since)
    {
        // Without a timeout there is nothing to count.
    }

    /// <summary>Says, durably, that the attempt has something on this node that nobody can look after from elsewhere: no other
    /// node takes the instance up before the attempt has ended.</summary>
    public virtual Task OwnAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells observers how far the job is; nothing is stored.</summary>
    /// <param name="fraction">From 0 to 1, or null where it is not known.</param>
    /// <param name="text">What is being done.</param>
    public abstract void Report(double? fraction, string text);
}

/// <summary>A wait outside; it ends once.</summary>
internal sealed class OutsideWait(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>A finished durable step of a job.</summary>
/// <param name="Number">The step's number.</param>
/// <param name="Name">What the step does.</param>
/// <param name="Result">What it gave.</param>
/// <param name="FinishedAt">When it was recorded.</param>
public sealed record JobStep(int Number, string Name, JsonNode? Result, DateTimeOffset FinishedAt);
