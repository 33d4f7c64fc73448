namespace Sandbox.Server.Http;

/// <summary>What the server logs; event ids stay.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(5001, LogLevel.Error, "{Method} {Path} broke")]
    public static partial void Broke(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(5002, LogLevel.Information, "Run {RunId} is taken up")]
    public static partial void TakenUp(ILogger logger, string runId);

    [LoggerMessage(5003, LogLevel.Information, "Run {RunId}: {State}")]
    public static partial void Worked(ILogger logger, string runId, string state);

    [LoggerMessage(5004, LogLevel.Warning, "Run {RunId} could not be worked: {Reason}")]
    public static partial void NotWorked(ILogger logger, string runId, string reason);

    [LoggerMessage(5005, LogLevel.Error, "Run {RunId} broke")]
    public static partial void RunBroke(ILogger logger, Exception exception, string runId);

    [LoggerMessage(5006, LogLevel.Error, "{Work} broke and goes on")]
    public static partial void LoopBroke(ILogger logger, Exception exception, string work);

    [LoggerMessage(5008, LogLevel.Information, "Workflow {DefinitionId} was due at {Due} when nobody was there; it is passed over, as it says")]
    public static partial void Skipped(ILogger logger, string definitionId, DateTimeOffset due);

    [LoggerMessage(5013, LogLevel.Warning, "The trace of run {RunId} did not arrive at {Collector}: {Reason}. It is sent again at {Next}; without a time it is given up")]
    public static partial void NotTraced(ILogger logger, string collector, string runId, string reason, DateTimeOffset? next);

    [LoggerMessage(5009, LogLevel.Information, "Run {RunId} is removed, as the settings say")]
    public static partial void Removed(ILogger logger, string runId);

    [LoggerMessage(5010, LogLevel.Warning, "{Event} could not be told to {Url}: {Problem} (attempt {Attempt})")]
    public static partial void NotDelivered(ILogger logger, string @event, string url, string problem, int attempt);

    [LoggerMessage(5007, LogLevel.Warning, "Elsa Studio is not installed in {Directory}: its pages are missing. Run: npm install --prefix src/Sandbox.Server")]
    public static partial void NoStudio(ILogger logger, string directory);
}
