using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox process|analyze --config RECIPE</c>: upstream's two commands, embedded, with its output files.</summary>
internal static class DataCommands
{
    public static Command BuildProcess(CliConsole console) => Build(
        "process",
        "Process a data set with a recipe, as in: sandbox process --config recipe.yaml",
        console,
        forAnalysis: false,
        async (recipe, files, progress, cancellationToken) =>
        {
            var result = await RecipeExecutor.RunAsync(recipe, files, Options(), progress, cancellationToken);
            return json => DataDisplay.Show(result, console, json);
        });

    public static Command BuildAnalyze(CliConsole console) => Build(
        "analyze",
        "Measure a data set by the filters of a recipe, dropping nothing, as in: sandbox analyze --config recipe.yaml",
        console,
        forAnalysis: true,
        async (recipe, files, progress, cancellationToken) =>
        {
            var result = await Analyzer.RunAsync(recipe, null, files, Options(), progress, cancellationToken);
            return json => DataDisplay.Show(result, console, json);
        });

    private delegate Task<Action<bool>> Work(Recipe recipe, IJobFiles files, IProgress<JobProgress> progress, CancellationToken cancellationToken);

    private static Command Build(string name, string description, CliConsole console, bool forAnalysis, Work work)
    {
        const string About = "The recipe, YAML or JSON.";
        var (config, option, json) = (CommonOptions.Config(About), CommonOptions.ConfigOption(About), CommonOptions.Json());
        var command = new Command(name, description) { config, option, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommonOptions.ConfigOf(parsed, config, option);
            if (RecipeFiles.Read(path, forAnalysis, out var faults) is { } recipe)
            {
                WarnOfIgnored(path, recipe, console);
                await WorkAsync(recipe, console, parsed.GetValue(json), work, cancellationToken);
                return ExitCodes.Done;
            }

            FaultDisplay.ShowFaults(faults, console, parsed.GetValue(json));
            return ExitCodes.BadUsage;
        });
        return command;
    }

    private static async Task WorkAsync(Recipe recipe, CliConsole console, bool json, Work work, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            Action<bool> show;
            using (var progress = new DataProgress(console, json))
            {
                show = await work(recipe, new DirectFiles(Environment.CurrentDirectory, scratch.FullName), progress, cancellationToken);
            }

            show(json);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static DataRunOptions Options() => new() { Time = TimeProvider.System };

    private static void WarnOfIgnored(string path, Recipe recipe, CliConsole console)
    {
        if (recipe.IgnoredKeys.Count > 0)
        {
            console.Error.WriteLine($"{path}: warning: of no meaning to the embedded engine: {string.Join(", ", recipe.IgnoredKeys)}");
        }
    }
}
