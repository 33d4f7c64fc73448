using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox pause|cancel RUN</c>.</summary>
internal static class ControlCommands
{
    public static Command BuildPause(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("pause", "Let the running jobs of a run end and start no more.") { run, json };
        command.SetAction((parsed, cancellationToken) => TellAsync(
            parsed.GetValue(run)!, console, parsed.GetValue(json), "pause", (s, id) => s.Runs.PauseAsync(id, cancellationToken), cancellationToken));
        return command;
    }

    public static Command BuildCancel(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("cancel", "End a run and what it started.") { run, json };
        command.SetAction((parsed, cancellationToken) => TellAsync(
            parsed.GetValue(run)!, console, parsed.GetValue(json), "cancel", (s, id) => s.Runs.CancelAsync(id, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> TellAsync(
        string run, CliConsole console, bool json, string verb, Func<CliSession, string, Task> tell, CancellationToken cancellationToken)
    {
        await using var session = CliSession.OpenExisting();
        var found = await session.Queries.GetAsync(run, cancellationToken);
        await tell(session, found.Id);
        found = await session.Queries.GetAsync(found.Id, cancellationToken);
        if (json)
        {
            console.Json(found);
        }
        else
        {
            console.Output.WriteLine(found.State == RunStates.Running
                ? $"Run {found.Id} was told to {verb}; the process that works it does so within a second."
                : $"Run {found.Id} is {found.State}.");
        }

        return ExitCodes.Done;
    }
}
