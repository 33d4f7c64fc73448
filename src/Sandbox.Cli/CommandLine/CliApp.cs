using System.CommandLine;
using Sandbox.Cli.Commands;

namespace Sandbox.Cli.CommandLine;

/// <summary>The command <c>sandbox</c> with all that it can do.</summary>
internal static class CliApp
{
    /// <summary>Builds the tree of commands.</summary>
    public static RootCommand Build(CliConsole console) => new("Runs sandboxes of data and model: probe, refine, execute, evaluate.")
    {
        RunCommand.Build(console),
        ValidateCommand.Build(console),
        CompileCommand.Build(console),
        ResumeCommand.Build(console),
        ControlCommands.BuildPause(console),
        ControlCommands.BuildRetry(console),
        ControlCommands.BuildCancel(console),
        ListCommand.Build(console),
        ShowCommand.Build(console),
        LogsCommand.Build(console),
        ReportCommand.Build(console),
        ExportCommand.Build(console),
        CleanCommand.Build(console),
        DataCommands.BuildProcess(console),
        DataCommands.BuildAnalyze(console),
        WorkflowCommand.Build(console),
        CompletionCommand.Build(console),
    };

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] arguments, CliConsole console)
    {
        using var interrupt = new Interrupt(console);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = console.Output,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var parsed = Build(console).Parse(arguments);
            var code = await parsed.InvokeAsync(configuration, interrupt.Token);
            return parsed.Errors.Count > 0 && code != ExitCodes.Done ? ExitCodes.BadUsage : code;
        }
        catch (Exception e)
        {
            return CliErrors.Tell(e, console);
        }
    }
}
