using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox export WORKFLOW [-o x.yaml|x.json]</c>.</summary>
internal static class ExportCommand
{
    public static Command Build(CliConsole console)
    {
        var workflow = new Argument<string>("workflow")
        {
            Description = "A workflow: definition id, version id, name, a run's id, or a definition file.",
        };
        var target = new Option<string?>("--output", "-o")
        {
            Description = "Where to write: .yaml for a sandbox YAML, .json for an Elsa definition; YAML on standard output without it.",
        };
        var json = CommonOptions.Json();
        var command = new Command("export", "Give a workflow back as a sandbox YAML or an Elsa definition.") { workflow, target, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var path = parsed.GetValue(target);
            var definition = await session.Workflows.FindAsync(parsed.GetValue(workflow)!, cancellationToken);
            var text = path?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true
                ? Workflows.Definitions.DefinitionText.Json(definition)
                : Workflows.Definitions.SandboxYaml.Export(definition, path);
            await OutputFile.WriteAsync(path, text, console, parsed.GetValue(json), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
