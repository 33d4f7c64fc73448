using Microsoft.Extensions.Logging;

namespace Sandbox.Engine.Runtime;

/// <summary>Log messages of the engine; event ids 3000 to 3099.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(3001, LogLevel.Warning, "Job {JobId} (activity {ActivityId}) failed in attempt {Attempt}.")]
    public static partial void JobFailed(ILogger logger, string jobId, string activityId, int attempt, Exception exception);

    [LoggerMessage(3002, LogLevel.Information, "Workflow instance {InstanceId}: worked under fence {Fence}, ended as {End}.")]
    public static partial void Worked(ILogger logger, string instanceId, long fence, RunEnd end);
}
