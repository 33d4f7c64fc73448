using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox pause|retry|cancel RUN</c>.</summary>
internal static class ControlCommands
{
    public static Command BuildPause(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("pause", "Let the running jobs of a run end and start no more.") { run, json };
        command.SetAction((parsed, cancellationToken) => TellAsync(
            parsed.GetValue(run)!, console, parsed.GetValue(json), "paused", (s, id) => s.Runs.PauseAsync(id, cancellationToken), cancellationToken));
        return command;
    }

    public static Command BuildCancel(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("cancel", "End a run and what it started.") { run, json };
        command.SetAction((parsed, cancellationToken) => TellAsync(
            parsed.GetValue(run)!, console, parsed.GetValue(json), "cancelled", (s, id) => s.Runs.CancelAsync(id, cancellationToken), cancellationToken));
        return command;
    }

    public static Command BuildRetry(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var job = new Argument<string?>("job")
        {
            Description = "The failed job, by id or meta_name; all of them without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var scratch = new Option<bool>("--from-scratch") { Description = "Forget the durable steps that the job had finished." };
        var command = new Command("retry", "Try failed jobs of a run again and go on.") { run, job, scratch, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var found = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            await session.Runs.RetryAsync(found.Id, parsed.GetValue(job), parsed.GetValue(scratch), cancellationToken);
            return await RunWork.WorkAsync(session, found.Id, console, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> TellAsync(
        string run, CliConsole console, bool json, string done, Func<CliSession, string, Task> tell, CancellationToken cancellationToken)
    {
        await using var session = CliSession.Open();
        var found = await session.Queries.GetAsync(run, cancellationToken);
        await tell(session, found.Id);
        found = await session.Queries.GetAsync(found.Id, cancellationToken);
        if (json)
        {
            console.Json(found);
        }
        else
        {
            console.Output.WriteLine($"Run {found.Id} is being {done}; its state is {found.State}.");
        }

        return ExitCodes.Done;
    }
}
