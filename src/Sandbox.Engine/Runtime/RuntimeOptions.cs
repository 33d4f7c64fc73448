namespace Sandbox.Engine.Runtime;

/// <summary>How the engine works instances.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Jobs of one instance that run at once.</summary>
    public int MaxParallelJobs { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Names where this process runs, for what a job has outside of the database (<see cref="Jobs.JobExecution.OwnAsync"/>).
    /// Where several nodes share a database, each needs a name of its own and keeps it over a reboot; one alone needs none.</summary>
    public string Node { get; init; } = string.Empty;

    /// <summary>How long a lease holds on without a sign of life. A dead holder on this host is found out at once.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker looks for pause, cancel and events from other processes.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a worker holds an instance that only waits for a time. Past it the instance is left, suspended, for
    /// whoever looks for due ones; infinite where nobody does.</summary>
    public TimeSpan LongestWait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Activities that run in one transaction at most.</summary>
    public int BurstLimit { get; init; } = 1000;

    /// <summary>Where <c>Elsa.WriteLine</c> writes.</summary>
    public TextWriter Output { get; init; } = Console.Out;
}
