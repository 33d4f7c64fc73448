using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox sync RUN</c>: brings what could not be sent yet to the tools that the run's config names.</summary>
internal static class SyncCommand
{
    public static Command Build(CliConsole console)
    {
        var run = CommonOptions.Run();
        var command = new Command("sync", "Send a run's figures to the watchers of its config that did not get them yet.") { run };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var left = await session.Runs.SyncAsync(parsed.GetRequiredValue(run), cancellationToken);
            foreach (var problem in left)
            {
                console.Error.WriteLine($"kept for later, {problem}");
            }

            return left.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
