using Microsoft.Extensions.Logging;

namespace Sandbox.Components.Programs;

/// <summary>What a job's log says of its programs.</summary>
internal static partial class ProgramLog
{
    [LoggerMessage(EventId = 2401, EventName = "ProgramRuns", Level = LogLevel.Information,
        Message = "{Program} runs as process {Pid} on {Host}. Its output is in {Directory}.")]
    public static partial void Runs(ILogger logger, string program, int? pid, string? host, string directory);

    [LoggerMessage(EventId = 2402, EventName = "ProgramEnded", Level = LogLevel.Information,
        Message = "{Program} {How}.")]
    public static partial void Ended(ILogger logger, string program, string how);

    [LoggerMessage(EventId = 2403, EventName = "ProgramLeftRunning", Level = LogLevel.Information,
        Message = "{Program} goes on as process {Pid} while nobody watches; the run finds it again when it is resumed.")]
    public static partial void LeftRunning(ILogger logger, string program, int? pid);

    [LoggerMessage(EventId = 2404, EventName = "ProgramIsEnded", Level = LogLevel.Warning,
        Message = "{Program} is told to end, with all that it started.")]
    public static partial void IsEnded(ILogger logger, string program);

    [LoggerMessage(EventId = 2405, EventName = "ProgramLeftovers", Level = LogLevel.Warning,
        Message = "{Program} ended and left {Count} processes behind, which were ended.")]
    public static partial void Leftovers(ILogger logger, string program, int count);

    [LoggerMessage(EventId = 2406, EventName = "ProgramAttached", Level = LogLevel.Warning,
        Message = "Processes do not outlive the sandbox on this system: if it ends, {Program} ends too.")]
    public static partial void Attached(ILogger logger, string program);

    [LoggerMessage(EventId = 2407, EventName = "ProgramSays", Level = LogLevel.Information, Message = "{Text}")]
    public static partial void Says(ILogger logger, string text);
}
