using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox retry RUN [JOB]</c>: another try for what failed, and on from there.</summary>
internal static class RetryCommand
{
    public static Command Build(CliConsole console)
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
            await using var session = CliSession.OpenExisting();
            var found = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            await session.Runs.RetryAsync(found.Id, parsed.GetValue(job), parsed.GetValue(scratch), cancellationToken);
            return await RunWork.WorkAsync(session, found.Id, console, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }
}
