using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Cli.Doctor;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox doctor CONFIG</c>: what a config needs on this machine, and what is missing, before anything starts.</summary>
internal static class DoctorCommand
{
    public static Command Build(CliConsole console)
    {
        var (config, option, json) = (CommonOptions.Config(), CommonOptions.ConfigOption(), CommonOptions.Json());
        var command = new Command("doctor", "Look whether programs, environments, models, GPUs and disk space that a config needs are there.") { config, option, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = Environment.CurrentDirectory;
            var request = new RunRequest(CommonOptions.ConfigOf(parsed, config, option), CommonOptions.OverridesOf(parsed, config), directory);
            var check = SandboxServices.ConfigCheck().Check(request);
            FaultDisplay.ShowFaults(check.Faults, console, parsed.GetValue(json));
            if (!check.IsValid)
            {
                return ExitCodes.BadUsage;
            }

            var home = SandboxHome.FromEnvironment(directory).Root;
            var found = await new Examination(check.Config!, home, directory).RunAsync(cancellationToken);
            Show(found, console, parsed.GetValue(json));
            return found.Any(c => c.Status == CheckStatus.Missing) ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static void Show(IReadOnlyList<Check> checks, CliConsole console, bool json)
    {
        if (json)
        {
            foreach (var check in checks)
            {
                console.Json(new { check.Kind, check.Name, status = Word(check.Status), check.Detail, check.Jobs });
            }

            return;
        }

        var table = new TextTable("STATUS", "KIND", "NAME", "DETAIL", "JOBS");
        foreach (var check in checks)
        {
            var colour = check.Status switch { CheckStatus.Ok => Colours.Green, CheckStatus.Missing => Colours.Red, _ => Colours.Yellow };
            table.Row(new Cell(Word(check.Status), colour), check.Kind, check.Name, check.Detail, string.Join(", ", check.Jobs));
        }

        table.Write(console);
        var missing = checks.Count(c => c.Status == CheckStatus.Missing);
        console.Line(missing == 0 ? "Nothing is missing." : FormattableString.Invariant($"{missing} missing: the jobs that need them would fail."));
    }

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Missing => "missing",
        _ => "warning",
    };
}
