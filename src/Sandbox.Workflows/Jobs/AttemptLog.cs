using Microsoft.Extensions.Logging;

namespace Sandbox.Workflows.Jobs;

/// <summary>What every attempt writes into its job's log: who reads the log can count how often the job ran.</summary>
internal static partial class AttemptLog
{
    [LoggerMessage(4101, LogLevel.Information, "Attempt {Attempt} of {Hook} starts (fence {Fence}).")]
    public static partial void Starts(ILogger logger, int attempt, string hook, long fence);

    [LoggerMessage(4102, LogLevel.Information, "Attempt {Attempt} of {Hook} has its result (fence {Fence}).")]
    public static partial void HasResult(ILogger logger, int attempt, string hook, long fence);
}
