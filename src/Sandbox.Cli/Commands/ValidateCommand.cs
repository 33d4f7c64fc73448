using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox validate CONFIG</c>: all faults at once, and nothing runs.</summary>
internal static class ValidateCommand
{
    public static Command Build(CliConsole console)
    {
        var (config, option, json) = (CommonOptions.Config(), CommonOptions.ConfigOption(), CommonOptions.Json());
        var command = new Command("validate", "Check a config and all files that it refers to.") { config, option, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            var path = CommonOptions.ConfigOf(parsed, config, option);
            var request = new RunRequest(path, CommonOptions.OverridesOf(parsed, config), Environment.CurrentDirectory);
            var check = SandboxServices.ConfigCheck().Check(request);
            FaultDisplay.Show(check, console, parsed.GetValue(json));
            return check.IsValid ? ExitCodes.Done : ExitCodes.BadUsage;
        });
        return command;
    }
}
