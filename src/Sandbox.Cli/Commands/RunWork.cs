using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Engine.Leases;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary>Works a run until it ends, shows it, and says how it ended.</summary>
internal static class RunWork
{
    public static async Task<int> WorkAsync(
        CliSession session, string runId, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        try
        {
            var run = await session.Queries.GetAsync(runId, cancellationToken);
            var display = DisplayOf(run, console, json);
            session.ActivityOutput.Line = display.ActivityLine;
            var work = session.Runs.WorkAsync(runId, display, cancellationToken);
            await display.FollowAsync(work);
            var code = await EndAsync(session, runId, console, json);
            return Unwritten((await work).Warnings, runId, console, json) ? ExitCodes.Failed : code;
        }
        catch (Exception e) when (e is not InstanceBusyException)
        {
            // A full disk or a path that cannot be written: what was committed is safe, and the run goes on from there.
            var code = CliErrors.Tell(e, console, json);
            CliErrors.Tell($"To go on: {EndDisplay.Resume(runId)}", console, json);
            return code;
        }
    }

    // The run has ended as it has; scripts that look for the file must still hear that it is not there.
    private static bool Unwritten(IReadOnlyList<string> files, string runId, CliConsole console, bool json)
    {
        foreach (var file in files)
        {
            CliErrors.Tell($"{file} To write it: {EndDisplay.Resume(runId)}", console, json);
        }

        return files.Count > 0;
    }

    private static async Task<int> EndAsync(CliSession session, string runId, CliConsole console, bool json)
    {
        var report = await session.Reports.WriteAsync(runId, CancellationToken.None);
        var run = await session.Queries.GetAsync(runId, CancellationToken.None);
        if (json)
        {
            var figures = await session.Reports.FiguresAsync(runId, CancellationToken.None);
            console.Json(new { kind = "end", run, report, figures, next = EndDisplay.HowToGoOn(run) });
        }
        else
        {
            await EndDisplay.ShowAsync(session, run, report, console, CancellationToken.None);
        }

        return ExitCode(run.State);
    }

    private static IRunDisplay DisplayOf(RunView run, CliConsole console, bool json)
    {
        if (json)
        {
            return new JsonDisplay(console);
        }

        // A definition without hooks has no tree of jobs to draw.
        return console.IsTerminal && run.Jobs.Count > 0
            ? new LiveDisplay(console, run.Jobs, TimeProvider.System)
            : new PlainDisplay(console, TimeProvider.System);
    }

    private static int ExitCode(string state) => state switch
    {
        RunStates.Finished => ExitCodes.Done,
        RunStates.Failed => ExitCodes.Failed,
        _ => ExitCodes.Cancelled,
    };
}
