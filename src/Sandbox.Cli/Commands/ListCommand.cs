using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox list</c>: the runs of this home, newest first.</summary>
internal static class ListCommand
{
    public static Command Build(CliConsole console)
    {
        var json = CommonOptions.Json();
        var most = new Option<int>("--most") { Description = "How many at most.", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "List the runs, newest first.") { most, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(most) < 1)
            {
                throw new FaultException(FormattableString.Invariant($"--most must be 1 or more, not {parsed.GetValue(most)}."));
            }

            var runs = await RunsAsync(parsed.GetValue(most), cancellationToken);
            Show(runs, console, parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<RunView>> RunsAsync(int most, CancellationToken cancellationToken)
    {
        if (!CliSession.HasHome)
        {
            return [];
        }

        await using var session = CliSession.Open();
        return await session.Queries.ListAsync(most, cancellationToken);
    }

    private static void Show(IReadOnlyList<RunView> runs, CliConsole console, bool json)
    {
        if (json)
        {
            foreach (var run in runs)
            {
                console.Json(new
                {
                    run.Id, run.Name, run.State, run.StartedAt, run.EndedAt, run.Config, run.CurrentDirectory, run.DefinitionVersionId, run.Failure,
                });
            }

            return;
        }

        if (runs.Count == 0)
        {
            console.Error.WriteLine($"No runs in {SandboxHome.FromEnvironment(Environment.CurrentDirectory).Root} yet.");
            return;
        }

        var table = new TextTable("id", "state", "started", "ended", "name", "config");
        foreach (var run in runs)
        {
            table.Row(run.Id, new Cell(run.State, Colours.OfState(run.State)), Time(run.StartedAt), Time(run.EndedAt), run.Name, run.Config);
        }

        table.Write(console);
    }

    private static string Time(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;
}
