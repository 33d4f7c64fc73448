using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary><c>sandbox sweep status|best|stop|add RUN</c>.</summary>
internal static class SweepStateCommands
{
    public static Command BuildStatus(CliConsole console) => Build(
        "status", "Show a sweep and its trials.", console, (sweep, json) => SweepDisplay.Show(sweep, console, json));

    public static Command BuildBest(CliConsole console) => Build("best", "Show the best trial of a sweep.", console, (sweep, json) =>
    {
        var best = sweep.Trials.FirstOrDefault(t => t.Number == sweep.Best)
            ?? throw new JobFailedException($"No trial of sweep {sweep.Run.Id} has a value yet.");
        SweepDisplay.ShowTrial(best, console, json);
    });

    public static Command BuildStop(CliConsole console)
    {
        var run = CommonOptions.Run();
        var command = new Command("stop", "Let running trials end and start no more; the sweep ends with what it has.") { run };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            await session.Sweeps.StopAsync(parsed.GetRequiredValue(run), cancellationToken);
            console.Output.WriteLine("No more trials are started.");
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command BuildAdd(CliConsole console)
    {
        var run = CommonOptions.Run();
        var count = new Option<int>("-n", "--trials") { Description = "How many more.", Required = true };
        count.Validators.Add(r =>
        {
            if (r.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                r.AddError("-n takes a number from 1.");
            }
        });
        var command = new Command("add", "Add trials to the configured number of an unfinished sweep.") { run, count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            await session.Sweeps.AddAsync(parsed.GetRequiredValue(run), parsed.GetValue(count), cancellationToken);
            console.Output.WriteLine(FormattableString.Invariant($"{parsed.GetValue(count)} more trial(s)."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Build(string name, string description, CliConsole console, Action<SweepView, bool> show)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command(name, description) { run, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            show(await session.Sweeps.GetAsync(parsed.GetRequiredValue(run), cancellationToken), parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }
}
