namespace Sandbox.Core.Components;

/// <summary>What a component that waits for something outside this process asks of its host.</summary>
public interface IJobControl
{
    /// <summary>Whether the job that is told to end comes back: it is taken up again in the same attempt, so what outlives
    /// this process is left alone.</summary>
    bool IsInterrupted { get; }

    /// <summary>Says that the job waits for something outside: until this is disposed, another may run in its place.</summary>
    IDisposable WaitOutside();

    /// <summary>Says that the attempt has been at work since then, under an earlier process: its timeout counts from there.</summary>
    void CountFrom(DateTimeOffset since);

    /// <summary>Says, durably, that the attempt has something on this machine that cannot be looked after from another one.</summary>
    Task OwnAsync(CancellationToken cancellationToken);
}

/// <summary>The control of work outside a run: what is told to end does not come back.</summary>
public sealed class DirectControl : IJobControl
{
    /// <inheritdoc />
    public bool IsInterrupted => false;

    /// <inheritdoc />
    public IDisposable WaitOutside() => new Nothing();

    /// <inheritdoc />
    public void CountFrom(DateTimeOffset since)
    {
        // There was no earlier process, and there is no timeout.
    }

    /// <inheritdoc />
    public Task OwnAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
            // There is no other job.
        }
    }
}
