using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox workflow run|event|import|export</c>: any definition of the activities that exist here.</summary>
internal static class WorkflowCommand
{
    public static Command Build(CliConsole console) => new("workflow", "Run, import and export Elsa workflow definitions.")
    {
        BuildRun(console), WorkflowEventCommand.Build(console), BuildImport(console), BuildExport(console),
    };

    private static Argument<string> File() => new("file") { Description = "A workflow definition, Elsa 3.8 JSON." };

    private static Command BuildRun(CliConsole console)
    {
        var (file, json) = (File(), CommonOptions.Json());
        var command = new Command("run", "Import a definition and run it.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var environment = await RunEnvironment.DescribeAsync(Environment.CurrentDirectory, cancellationToken);
            var runId = await session.Workflows.StartAsync(
                parsed.GetValue(file)!, Environment.CurrentDirectory, environment, cancellationToken);
            return await RunWork.WorkAsync(session, runId, console, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static Command BuildImport(CliConsole console)
    {
        var (file, json) = (File(), CommonOptions.Json());
        var command = new Command("import", "Store a definition as the published version of its workflow.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var saved = await session.Workflows.ImportAsync(parsed.GetValue(file)!, cancellationToken);
            if (parsed.GetValue(json))
            {
                console.Json(new { saved.Definition.DefinitionId, saved.Definition.Id, saved.Definition.Version, saved.IsChanged });
            }
            else
            {
                console.Output.WriteLine(FormattableString.Invariant(
                    $"{saved.Definition.DefinitionId} version {saved.Definition.Version} ({saved.Definition.Id})"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildExport(CliConsole console)
    {
        var workflow = new Argument<string>("workflow") { Description = "Definition id, version id, name or a run's id." };
        var target = new Option<string?>("--output", "-o") { Description = "Where to write; standard output without it." };
        var json = CommonOptions.Json();
        var command = new Command("export", "Write a stored definition as Elsa JSON.") { workflow, target, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var definition = await session.Workflows.FindAsync(parsed.GetValue(workflow)!, cancellationToken);
            await OutputFile.WriteAsync(
                parsed.GetValue(target), Workflows.Definitions.DefinitionText.Json(definition), console, parsed.GetValue(json), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
