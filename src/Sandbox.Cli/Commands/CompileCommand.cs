using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox compile x.yaml -o x.json</c>: the Elsa definition of a config.</summary>
internal static class CompileCommand
{
    public static Command Build(CliConsole console)
    {
        var (config, option, json) = (CommonOptions.Config(), CommonOptions.ConfigOption(), CommonOptions.Json());
        var target = new Option<string?>("--output", "-o") { Description = "Where to write; standard output without it." };
        var command = new Command("compile", "Compile a config to an Elsa 3.8 workflow definition.") { config, option, target, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommonOptions.ConfigOf(parsed, config, option);
            var check = SandboxServices.ConfigCheck().Check(
                new RunRequest(path, CommonOptions.OverridesOf(parsed, config), Environment.CurrentDirectory));
            FaultDisplay.ShowFaults(check.Faults, console, parsed.GetValue(json));
            if (!check.IsValid)
            {
                return ExitCodes.BadUsage;
            }

            var text = DefinitionText.Json(check.Definition!);
            await OutputFile.WriteAsync(parsed.GetValue(target), text, console, parsed.GetValue(json), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
