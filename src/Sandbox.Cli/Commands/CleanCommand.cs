using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox clean</c>: removes the directories of attempts of runs that have ended.</summary>
internal static class CleanCommand
{
    public static Command Build(CliConsole console)
    {
        var json = CommonOptions.Json();
        var older = new Option<string>("--older-than")
        {
            Description = "Only runs that ended longer ago than this, as in 7d or 12h.",
            DefaultValueFactory = _ => "0s",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and keep it." };
        var command = new Command(
            "clean", "Remove the attempt directories of ended runs. Published files are never touched.") { older, dry, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Durations.Parse(parsed.GetValue(older)!, out var age) is { } problem)
            {
                throw new FaultException($"--older-than: {problem}");
            }

            await using var session = CliSession.Open();
            var cleaned = await session.Cleaning.CleanAsync(age, parsed.GetValue(dry), cancellationToken);
            foreach (var run in cleaned)
            {
                if (parsed.GetValue(json))
                {
                    console.Json(run);
                }
                else
                {
                    console.Output.WriteLine($"{run.Id} {Size(run.Bytes)} {run.Directory}");
                }
            }

            if (!parsed.GetValue(json))
            {
                var verb = parsed.GetValue(dry) ? "would free" : "freed";
                console.Output.WriteLine($"{cleaned.Count.ToString(CultureInfo.InvariantCulture)} run(s), {verb} {Size(cleaned.Sum(r => r.Bytes))}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MiB");
}
