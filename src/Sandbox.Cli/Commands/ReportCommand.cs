using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox report RUN</c>: writes the run's report anew.</summary>
internal static class ReportCommand
{
    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var target = new Option<string?>("--output", "-o") { Description = "Where to write; the run's directory without it." };
        var command = new Command("report", "Write a run's report, one HTML file that needs no network.") { run, target, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var view = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            var path = await session.Reports.WriteAsync(view.Id, cancellationToken);
            if (parsed.GetValue(target) is { } other)
            {
                path = Path.GetFullPath(other);
                await OutputFile.WriteAsync(
                    path, await File.ReadAllTextAsync(session.Home.Report(view.Id), cancellationToken), console, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                console.Json(new { id = view.Id, report = path });
            }
            else
            {
                console.Output.WriteLine(path);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
