using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;

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
            await using var session = CliSession.Open();
            var runs = await session.Queries.ListAsync(parsed.GetValue(most), cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var run in runs)
                {
                    console.Json(run);
                }

                return ExitCodes.Done;
            }

            var table = Tables.Of("id", "state", "started", "ended", "name", "config");
            foreach (var run in runs)
            {
                table.Row(run.Id, run.State, Time(run.StartedAt), Time(run.EndedAt), run.Name, run.Config);
            }

            console.Ansi.Write(table);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Time(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;
}
