using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary>Works a run until it ends, shows it, and says how it ended.</summary>
internal static class RunWork
{
    public static async Task<int> WorkAsync(
        CliSession session, string runId, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        var run = await session.Queries.GetAsync(runId, cancellationToken);
        IRunDisplay display = json ? new JsonDisplay(console)
            : console.IsTerminal ? new LiveDisplay(console, run.Jobs, TimeProvider.System)
            : new PlainDisplay(console, TimeProvider.System);
        var work = session.Runs.WorkAsync(runId, display, cancellationToken);
        await display.FollowAsync(work);
        var end = await work;
        var report = await session.Reports.WriteAsync(runId, CancellationToken.None);
        run = await session.Queries.GetAsync(runId, CancellationToken.None);
        if (json)
        {
            console.Json(new { kind = "end", run, report });
        }
        else
        {
            await EndDisplay.ShowAsync(session, run, report, console, CancellationToken.None);
        }

        return ExitCode(end.State);
    }

    public static int ExitCode(string state) => state switch
    {
        RunStates.Finished => ExitCodes.Done,
        RunStates.Failed => ExitCodes.Failed,
        _ => ExitCodes.Cancelled,
    };
}
