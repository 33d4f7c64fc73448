using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        var count = new Option<int>("-n", "--trials") { Description = "How many more the search shall choose." };
        count.Validators.Add(r =>
        {
            if (r.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                r.AddError("-n takes a number from 1.");
            }
        });
        var parameters = new Option<string[]>("--parameters") { Description = "A trial of these parameters, a JSON object as the sweep names them; may be given several times." };
        var command = new Command("add", "Add trials to an unfinished sweep: more of the search's own, or of given parameters.") { run, count, parameters };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = (parsed.GetValue(parameters) ?? []).Select(Parameters).ToList();
            var more = parsed.GetValue(count);
            if (more + given.Count == 0)
            {
                throw new FaultException("Which trials? Give a number with -n, or parameters with --parameters '{…}'.");
            }

            await using var session = CliSession.OpenExisting();
            await session.Sweeps.AddAsync(parsed.GetRequiredValue(run), more, given, cancellationToken);
            console.Output.WriteLine(FormattableString.Invariant($"{more + given.Count} more trial(s)."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static JsonObject Parameters(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new FaultException($"--parameters takes a JSON object, not {text}");
        }
        catch (JsonException e)
        {
            throw new FaultException($"--parameters is no JSON object: {e.Message}");
        }
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
