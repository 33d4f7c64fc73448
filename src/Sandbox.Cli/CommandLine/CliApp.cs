using System.CommandLine;
using System.CommandLine.Help;
using Sandbox.Cli.Commands;
using Sandbox.Cli.Commands.Sweeps;

namespace Sandbox.Cli.CommandLine;

/// <summary>The command <c>sandbox</c> with all that it can do.</summary>
internal static class CliApp
{
    private const string About = """
        Runs sandboxes of data and model: probe, refine, execute, evaluate.

        A first run:     sandbox run configs/demo/quick.yaml
        Its state:       sandbox list
        After a crash:   sandbox resume RUN

        State lives in the directory SANDBOX_HOME, .sandbox in the current directory without it. Exit codes: 0 done,
        1 failed, 2 wrong input, 130 stopped before the end.
        """;

    /// <summary>Builds the tree of commands.</summary>
    public static RootCommand Build(CliConsole console)
    {
        var root = new RootCommand(About)
        {
            RunCommand.Build(console),
            ValidateCommand.Build(console),
            CompileCommand.Build(console),
            ResumeCommand.Build(console),
            ControlCommands.BuildPause(console),
            RetryCommand.Build(console),
            ControlCommands.BuildCancel(console),
            ListCommand.Build(console),
            ShowCommand.Build(console),
            LogsCommand.Build(console),
            ReportCommand.Build(console),
            CompareCommand.Build(console),
            PromoteCommand.Build(console),
            MetricsCommand.Build(console),
            DoctorCommand.Build(console),
            EnvCommand.Build(console),
            ExportCommand.Build(console),
            CleanCommand.Build(console),
            BackupCommands.BuildBackup(console),
            BackupCommands.BuildRestore(console),
            KeysCommand.Build(console),
            DataCommands.BuildProcess(console),
            DataCommands.BuildAnalyze(console),
            WorkflowCommand.Build(console),
            SweepCommand.Build(console),
            ComponentsCommand.Build(console),
            NewCommand.Build(console),
            SyncCommand.Build(console),
            CompletionCommand.Build(console),
        };
        foreach (var windows in new[] { "/?", "/h" })
        {
            root.Options.OfType<HelpOption>().Single().Aliases.Remove(windows);
        }

        return root;
    }

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] arguments, CliConsole console)
    {
        var json = arguments.Contains("--json", StringComparer.Ordinal);
        using var interrupt = new Interrupt(console);
        try
        {
            var parsed = Build(console).Parse(arguments);
            if (UsageErrors.Are(parsed))
            {
                return UsageErrors.Tell(parsed, console, json);
            }

            var configuration = new InvocationConfiguration
            {
                Output = console.Output,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, interrupt.Token);
        }
        catch (Exception e)
        {
            return CliErrors.Tell(e, console, json);
        }
    }
}
