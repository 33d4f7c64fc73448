using Microsoft.Extensions.Logging;
using Sandbox.Engine.Jobs;

namespace Sandbox.Workflows.Jobs;

/// <summary>What every attempt writes into its job's log: who reads the log can count how often the job ran.</summary>
internal static partial class AttemptLog
{
    /// <summary>Stable ids of the messages that tell how an attempt ended without a result.</summary>
    public const int FailedId = 4105;

    /// <inheritdoc cref="FailedId" />
    public const int BrokeId = 4106;

    /// <inheritdoc cref="FailedId" />
    public const int StoppedId = 4107;

    [LoggerMessage(4101, LogLevel.Information, "Attempt {Attempt} of {Hook} starts (fence {Fence}).")]
    public static partial void Starts(ILogger logger, int attempt, string hook, long fence);

    [LoggerMessage(4102, LogLevel.Information, "Attempt {Attempt} of {Hook} has its result (fence {Fence}).")]
    public static partial void HasResult(ILogger logger, int attempt, string hook, long fence);

    [LoggerMessage(4103, LogLevel.Information, "Resolved configs: {Configs}")]
    public static partial void Resolved(ILogger logger, string configs);

    [LoggerMessage(4104, LogLevel.Information, "The result of an earlier version of the run, or of its context file, still holds: {Hook} does not run.")]
    public static partial void Reused(ILogger logger, string hook);

    [LoggerMessage(FailedId, LogLevel.Error, "Attempt {Attempt} of {Hook} failed: {Reason}")]
    public static partial void Failed(ILogger logger, int attempt, string hook, string reason);

    [LoggerMessage(BrokeId, LogLevel.Error, "Attempt {Attempt} of {Hook} failed on something that nobody foresaw.")]
    public static partial void Broke(ILogger logger, Exception exception, int attempt, string hook);

    [LoggerMessage(StoppedId, LogLevel.Warning, "Attempt {Attempt} of {Hook} was told to end: {Reason}.")]
    public static partial void Stopped(ILogger logger, int attempt, string hook, JobStopReason reason);

    [LoggerMessage(4108, LogLevel.Warning, "Metrics could not be written now and wait for the next commit.")]
    public static partial void MetricsWait(ILogger logger, Exception exception);
}
