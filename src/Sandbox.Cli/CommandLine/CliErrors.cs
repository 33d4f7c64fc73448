using System.Text.Json;
using Sandbox.Cli.Display;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Environments;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.CommandLine;

/// <summary>Says what went wrong in words, never with a stack trace, and which exit code that is.</summary>
internal static class CliErrors
{
    public static int Tell(Exception exception, CliConsole console, bool json)
    {
        if (exception is FaultException { Faults: var faults })
        {
            FaultDisplay.ShowFaults(faults, console, json);
            return ExitCodes.BadUsage;
        }

        var home = SandboxHome.FromEnvironment(Environment.CurrentDirectory);
        var (code, message) = exception switch
        {
            OperationCanceledException => (ExitCodes.Cancelled, "Cancelled."),
            InstanceBusyException or JobFailedException or EnvironmentException => (ExitCodes.Failed, exception.Message),
            _ when DatabaseFault.Describe(exception, home) is { } fault => (ExitCodes.Failed, fault),
            IOException or UnauthorizedAccessException => (ExitCodes.Failed, FileFault.Sentence(exception, "try again")),
            JsonException => (ExitCodes.BadUsage, $"This is not the JSON that it should be: {exception.Message}"),
            _ => (ExitCodes.Failed, Unexpected(exception, home)),
        };
        Tell(message, console, json);
        return code;
    }

    /// <summary>Says one message.</summary>
    public static void Tell(string message, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { kind = "error", message });
        }

        console.Error.WriteLine(message);
    }

    private static string Unexpected(Exception exception, SandboxHome home)
    {
        var told = $"Something that should not happen did: {exception.GetType().Name}: {exception.Message}";
        if (!Directory.Exists(home.Root))
        {
            return told;
        }

        using var log = CliLog.Open(home);
        log.Error(exception, "Unexpected");
        return $"{told} More stands in {CliLog.DirectoryOf(home)}.";
    }
}
