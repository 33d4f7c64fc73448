using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox process|analyze --config RECIPE</c>: upstream's two commands with their output files, embedded or, with
/// <c>--engine</c>, by the real Data-Juicer.</summary>
internal static class DataCommands
{
    public static Command BuildProcess(CliConsole console) => Build(
        "process",
        "Process a data set with a recipe. Keys of the recipe may be overridden, as in: sandbox process --config recipe.yaml --np 4 --text_length_filter.min_len 10",
        console,
        forAnalysis: false,
        async (run, cancellationToken) =>
        {
            var result = run.Upstream is { } upstream
                ? await upstream.ProcessAsync(run.Recipe, cancellationToken)
                : await RecipeExecutor.RunAsync(run.Recipe, run.Files, Options(), run.Progress, cancellationToken);
            return json => DataDisplay.Show(result, console, json);
        });

    public static Command BuildAnalyze(CliConsole console) => Build(
        "analyze",
        "Measure a data set by the filters of a recipe, dropping nothing, as in: sandbox analyze --config recipe.yaml",
        console,
        forAnalysis: true,
        async (run, cancellationToken) =>
        {
            var result = run.Upstream is { } upstream
                ? await upstream.AnalyzeAsync(run.Recipe, null, cancellationToken)
                : await Analyzer.RunAsync(run.Recipe, null, run.Files, Options(), run.Progress, cancellationToken);
            return json => DataDisplay.Show(result, console, json);
        });

    private sealed record DataRun(Recipe Recipe, DataJuicer? Upstream, IJobFiles Files, IProgress<JobProgress> Progress);

    private static Command Build(
        string name, string description, CliConsole console, bool forAnalysis, Func<DataRun, CancellationToken, Task<Action<bool>>> work)
    {
        const string About = "The recipe, YAML or JSON.";
        var (config, option, json, engine) = (CommonOptions.Config(About), CommonOptions.ConfigOption(About), CommonOptions.Json(), new DataEngine());
        var command = new Command(name, description) { config, option, json, engine.Engine, engine.Manager, engine.Environment };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommonOptions.ConfigOf(parsed, config, option, Recipe.Keys);
            var overrides = CommonOptions.OverridesOf(parsed, config);
            EngineChoice? choice = null;
            bool IsEmbedded(Recipe recipe) => (choice = engine.Choose(parsed, recipe, forAnalysis)).IsEmbedded;
            if (RecipeFiles.Read(path, overrides, forAnalysis, IsEmbedded, out var faults) is { } recipe)
            {
                Announce(path, recipe, choice!, console);
                await WorkAsync(recipe, choice!, engine, parsed, console, parsed.GetValue(json), work, cancellationToken);
                return ExitCodes.Done;
            }

            FaultDisplay.ShowFaults(faults, console, parsed.GetValue(json));
            return ExitCodes.BadUsage;
        });
        return command;
    }

    private static async Task WorkAsync(
        Recipe recipe, EngineChoice choice, DataEngine engine, ParseResult parsed, CliConsole console, bool json,
        Func<DataRun, CancellationToken, Task<Action<bool>>> work, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            Action<bool> show;
            using (var progress = new DataProgress(console, json))
            {
                var files = new DirectFiles(Environment.CurrentDirectory, scratch.FullName);
                var upstream = choice.IsEmbedded ? null : await engine.OpenAsync(parsed, files, progress, console, cancellationToken);
                show = await work(new DataRun(recipe, upstream, files, progress), cancellationToken);
            }

            show(json);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static DataRunOptions Options() => new() { Time = TimeProvider.System };

    private static void Announce(string path, Recipe recipe, EngineChoice choice, CliConsole console)
    {
        if (!choice.IsEmbedded)
        {
            console.Error.WriteLine($"engine: the real Data-Juicer ({choice.Reason})");
        }
        else if (recipe.IgnoredKeys.Count > 0)
        {
            console.Error.WriteLine($"{path}: warning: of no meaning to the embedded engine: {string.Join(", ", recipe.IgnoredKeys)}");
        }
    }
}
