namespace Sandbox.Testing.Load;

/// <summary>How much at once.</summary>
/// <param name="Runs">Runs that are started by HTTP, all at once.</param>
/// <param name="Pollers">Clients that ask for lists and pages without a pause to speak of.</param>
/// <param name="Listeners">Clients that hold the live hub open.</param>
internal sealed record LoadSize(int Runs, int Pollers, int Listeners);

/// <summary>What came of it.</summary>
/// <param name="Faults">What is not as it must be; empty when all is well.</param>
/// <param name="Starts">Seconds until each start was answered.</param>
/// <param name="Ended">Seconds from the first start until the last run had ended.</param>
/// <param name="Polls">Seconds that each answer to a poller took.</param>
/// <param name="IdlePolls">The same before anything else happened.</param>
/// <param name="Backup">Seconds that the backup took.</param>
/// <param name="Beside">Seconds that <c>sandbox run</c> took beside it, from start to exit.</param>
internal sealed record LoadOutcome(
    IReadOnlyList<string> Faults, IReadOnlyList<double> Starts, double Ended, IReadOnlyList<double> Polls, IReadOnlyList<double> IdlePolls,
    double Backup, double Beside);
