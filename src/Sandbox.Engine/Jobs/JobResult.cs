using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Jobs;

/// <summary>What a finished job hands to the workflow.</summary>
/// <param name="Outputs">Values by output name; bound ones reach the workflow's variables and outputs.</param>
/// <param name="Outcomes">The ports to leave by; empty means <c>Done</c>.</param>
/// <param name="CommitWork">What must be written in the same transaction as the result.</param>
public sealed record JobResult(
    JsonObject Outputs, IReadOnlyList<string> Outcomes, IReadOnlyList<ICommitWork> CommitWork)
{
    /// <summary>A result without outputs that leaves by <c>Done</c>.</summary>
    public static JobResult Done => new([], [], []);

    /// <summary>
    /// Runs after the result is committed and before the next job of the instance starts. It may be lost when the
    /// process dies in between: what depends on it must be found missing and made good by a later job or on resume.
    /// </summary>
    public Func<CancellationToken, Task>? BeforeNext { get; init; }
}
