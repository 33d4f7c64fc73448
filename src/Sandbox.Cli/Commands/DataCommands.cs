using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox process|analyze --config RECIPE</c>: upstream's two commands, embedded, with its output files.</summary>
internal static class DataCommands
{
    public static Command BuildProcess(CliConsole console)
    {
        var (config, option, json) = Options();
        var command = new Command("process", "Process a data set with a recipe.") { config, option, json };
        command.SetAction((parsed, cancellationToken) => WithRecipeAsync(
            CommonOptions.ConfigOf(parsed, config, option), console, parsed.GetValue(json),
            async (recipe, files, progress) =>
            {
                var result = await RecipeExecutor.RunAsync(
                    recipe, files, new DataRunOptions { Time = TimeProvider.System }, progress, cancellationToken);
                DataDisplay.Show(result, console, parsed.GetValue(json));
            }));
        return command;
    }

    public static Command BuildAnalyze(CliConsole console)
    {
        var (config, option, json) = Options();
        var command = new Command("analyze", "Measure a data set by the filters of a recipe, dropping nothing.") { config, option, json };
        command.SetAction((parsed, cancellationToken) => WithRecipeAsync(
            CommonOptions.ConfigOf(parsed, config, option), console, parsed.GetValue(json),
            async (recipe, files, progress) =>
            {
                var result = await Analyzer.RunAsync(
                    recipe, null, files, new DataRunOptions { Time = TimeProvider.System }, progress, cancellationToken);
                DataDisplay.Show(result, console, parsed.GetValue(json));
            }));
        return command;
    }

    private static (Argument<string?> Config, Option<string?> ConfigOption, Option<bool> Json) Options() => (
        new Argument<string?>("config") { Description = "The recipe, YAML or JSON.", Arity = ArgumentArity.ZeroOrOne },
        new Option<string?>("--config") { Description = "The recipe, YAML or JSON." },
        CommonOptions.Json());

    private static async Task<int> WithRecipeAsync(
        string path, CliConsole console, bool json, Func<Recipe, IJobFiles, IProgress<JobProgress>, Task> work)
    {
        if (RecipeFiles.Read(path, out var faults) is not { } recipe)
        {
            FaultDisplay.ShowFaults(faults, console, json);
            return ExitCodes.BadUsage;
        }

        if (recipe.IgnoredKeys.Count > 0)
        {
            await console.Error.WriteLineAsync($"{path}: of no meaning to the embedded engine: {string.Join(", ", recipe.IgnoredKeys)}");
        }

        var scratch = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            using var progress = new DataProgress(console, json);
            await work(recipe, new DirectFiles(Environment.CurrentDirectory, scratch.FullName), progress);
            return ExitCodes.Done;
        }
        catch (FaultException e)
        {
            FaultDisplay.ShowFaults(e.Faults.Select(f => f.Location is null ? f with { Location = new SourceLocation(path, 0, 0) } : f), console, json);
            return ExitCodes.BadUsage;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
