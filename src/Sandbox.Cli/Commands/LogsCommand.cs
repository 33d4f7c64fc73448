using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox logs RUN [JOB] [-f]</c>.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var job = new Argument<string?>("job") { Description = "A job, by id or meta_name.", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run ends or stops." };
        var command = new Command("logs", "Print the logs of a run, or the log of one job with all that its programs wrote.") { run, job, follow, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var view = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            var tail = new LogTail(session, console, parsed.GetValue(json), parsed.GetValue(job));
            using var timer = new PeriodicTimer(LookAgain);
            while (parsed.GetValue(follow) && view.State is (RunStates.Running or RunStates.Pending))
            {
                await tail.PrintAsync(view, isLast: false, cancellationToken);
                await timer.WaitForNextTickAsync(cancellationToken);
                view = await session.Queries.GetAsync(view.Id, cancellationToken);
            }

            await tail.PrintAsync(view, isLast: true, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
