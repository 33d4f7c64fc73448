using System.CommandLine;
using System.Security.Cryptography;
using Sandbox.Cli.CommandLine;
using Sandbox.Optimization.Advising;
using Sandbox.Optimization.Studies;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary><c>sandbox sweep advise CONFIG</c>: the search for somebody else's program, JSON lines on the standard
/// streams.</summary>
internal static class AdviseCommand
{
    private const string About = """
        Advise another program what to try: JSON lines in, JSON lines out.

        {"ask": 1}                                        -> {"trial": 0, "parameters": {…}}, or {"done": true}
        {"report": 0, "step": 3, "value": 0.4}            -> {"stop": false}
        {"tell": 0, "value": 0.3, "state": "finished"}    -> {"best": 0}

        A line that is wrong gets {"error": …} and changes nothing.
        """;

    public static Command Build(CliConsole console)
    {
        var config = new Argument<string>("config") { Description = "The sweep, or a sandbox YAML with hpo_config." };
        var seed = SweepCommand.Seed();
        var command = new Command("advise", About) { config, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sweep = SweepFiles.Read(parsed.GetRequiredValue(config));
            var session = new AdviceSession(new Study(sweep, Chosen(parsed.GetValue(seed) ?? sweep.Seed, console), [], await WarmStart.ReadAsync(sweep, cancellationToken)));
            while (await console.Input.ReadLineAsync(cancellationToken) is { } line)
            {
                foreach (var answer in session.Answer(line))
                {
                    console.Line(answer);
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static long Chosen(long? seed, CliConsole console)
    {
        if (seed is { } given)
        {
            return given;
        }

        var drawn = RandomNumberGenerator.GetInt32(int.MaxValue);
        console.Error.WriteLine(FormattableString.Invariant($"seed: {drawn}"));
        return drawn;
    }
}
