using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox workflow event NAME</c>: raises an event, and goes on with the runs that waited for it.</summary>
internal static class WorkflowEventCommand
{
    public static Command Build(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "The event's name, as its activity has it." };
        var payload = new Option<string?>("--payload") { Description = "What comes with the event: JSON, as '{\"ok\": true}'." };
        var run = new Option<string?>("--run") { Description = "The only run that it is meant for; without it all that wait for it." };
        var json = CommonOptions.Json();
        var command = new Command("event", "Raise an event and go on with the runs that wait for it.") { name, payload, run, json };
        command.SetAction((parsed, cancellationToken) => RaiseAsync(
            parsed.GetValue(name)!, Payload(parsed.GetValue(payload)), parsed.GetValue(run), console, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RaiseAsync(
        string name, JsonNode? payload, string? run, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        await using var session = CliSession.OpenExisting();
        var worst = ExitCodes.Done;
        foreach (var id in await session.Runs.RaiseAsync(name, payload, run, cancellationToken))
        {
            worst = Math.Max(worst, await WorkAsync(session, id, console, json, cancellationToken));
        }

        return worst;
    }

    private static async Task<int> WorkAsync(CliSession session, string runId, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        try
        {
            return await RunWork.WorkAsync(session, runId, console, json, cancellationToken);
        }
        catch (InstanceBusyException)
        {
            // The event is stored, and whoever works the run finds it.
            return ExitCodes.Done;
        }
    }

    private static JsonNode? Payload(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new FaultException($"--payload is no JSON: {text}. Text needs quotes of its own, as in --payload '\"text\"'.");
        }
    }
}
