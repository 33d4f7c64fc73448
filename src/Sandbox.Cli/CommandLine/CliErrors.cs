using System.Text.Json;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;

namespace Sandbox.Cli.CommandLine;

/// <summary>Says what went wrong in words, never with a stack trace, and which exit code that is.</summary>
internal static class CliErrors
{
    public static int Tell(Exception exception, CliConsole console)
    {
        var (code, message) = exception switch
        {
            FaultException => (ExitCodes.BadUsage, exception.Message),
            OperationCanceledException => (ExitCodes.Cancelled, "Cancelled."),
            InstanceBusyException or JobFailedException => (ExitCodes.Failed, exception.Message),
            IOException or UnauthorizedAccessException => (ExitCodes.Failed, $"{exception.Message} Mend that and try again."),
            JsonException => (ExitCodes.BadUsage, $"This is not the JSON that it should be: {exception.Message}"),
            _ => (ExitCodes.Failed, $"Something that should not happen did: {exception.GetType().Name}: {exception.Message}"),
        };
        console.Error.WriteLine(message);
        return code;
    }
}
