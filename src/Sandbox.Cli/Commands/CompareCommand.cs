using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox compare RUN RUN…</c>: what was set otherwise in runs, and what came of it.</summary>
internal static class CompareCommand
{
    public static Command Build(CliConsole console)
    {
        var run = CommonOptions.Run();
        var runs = new Argument<string[]>("runs")
        {
            Description = "Two runs or more: ids, enough of their beginnings, or \"last\". A sweep stands for its best trial.", HelpName = "run",
            Arity = ArgumentArity.OneOrMore,
        };
        runs.CompletionSources.AddRange(run.CompletionSources);
        var (output, all, json) = (CommonOptions.Output("Also write an HTML file that needs no network."), new Option<bool>("--all") { Description = "Also figures that are the same in all runs." }, CommonOptions.Json());
        var command = new Command("compare", "Show what was set otherwise in runs, and what came of it.") { runs, output, all, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var comparison = await session.Comparisons.OfAsync(parsed.GetValue(runs)!, cancellationToken);
            if (parsed.GetValue(json))
            {
                ComparisonDisplay.Json(comparison, console, parsed.GetValue(all));
            }
            else
            {
                ComparisonDisplay.Show(comparison, console, parsed.GetValue(all));
            }

            if (parsed.GetValue(output) is { } path)
            {
                await session.Comparisons.WriteAsync(Path.GetFullPath(path), comparison, cancellationToken);
                console.Error.WriteLine($"Written: {Path.GetFullPath(path)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
