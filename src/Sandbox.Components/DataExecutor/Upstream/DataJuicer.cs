using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;
using Sandbox.Environments;
using Sandbox.Environments.Programs;
using Sandbox.Environments.Python;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>
/// Runs recipes with the real Data-Juicer. It writes into a directory of its own; what it wrote is taken from there when it
/// has ended well, so that a killed run leaves the old export whole. Where an operator of it fails, it drops the batch and
/// still exits with 0: that is found in its output and counts as a failed operator here.
/// </summary>
/// <param name="program">Runs its programs.</param>
/// <param name="files">Translates paths.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="line">Takes each line of its output.</param>
public sealed class DataJuicer(
    IUpstreamProgram program, IJobFiles files, TimeProvider time, IProgress<JobProgress> progress, Action<string> line)
{
    /// <summary>The program that processes.</summary>
    public const string ProcessProgram = "dj-process";

    /// <summary>The program that analyses.</summary>
    public const string AnalyzeProgram = "dj-analyze";

    /// <summary>Runs it in the environment of this process, where it lies on the PATH.</summary>
    /// <exception cref="JobFailedException">It does not.</exception>
    public static EnvironmentCommand OnPath(IReadOnlyList<string> command) => ProgramSearch.Find(command[0]) is { } program
        ? new EnvironmentCommand([program, .. command.Skip(1)], new Dictionary<string, string>(StringComparer.Ordinal))
        : throw new JobFailedException($"the real Data-Juicer is not there: {command[0]} is not on the PATH. Install py-data-juicer, or name its environment with env_manager and env_name.");

    /// <summary>Processes a data set.</summary>
    /// <exception cref="JobFailedException">It failed, or an operator did and <c>skip_op_error</c> is off.</exception>
    public async Task<RecipeResult> ProcessAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var upstream = new UpstreamRecipe(recipe, files, program.Directory);
        var output = await RunAsync(ProcessProgram, upstream, recipe, cancellationToken);
        var rows = await UpstreamOutput.CountRowsAsync(upstream.ExportedFiles(), cancellationToken);
        upstream.TakeExport();
        upstream.TakeFolder("trace", Path.Combine(recipe.WorkDirectory, "trace"));
        upstream.TakeFolder("monitor", Path.Combine(recipe.WorkDirectory, "monitor"));
        return new RecipeResult(
            output.RowsIn, output.RowsIn - output.RowsWithText, rows, 0, [], output.Reports(recipe), recipe.Settings.ExportPath!,
            upstream.HasStats ? upstream.StatsPath : null, 0, time.GetElapsedTime(started));
    }

    /// <summary>Analyses a data set.</summary>
    /// <exception cref="JobFailedException">As <see cref="ProcessAsync"/>.</exception>
    public async Task<AnalysisResult> AnalyzeAsync(Recipe recipe, string? analysisDirectory, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var upstream = new UpstreamRecipe(recipe, files, program.Directory);
        var output = await RunAsync(AnalyzeProgram, upstream, recipe, cancellationToken);
        var directory = analysisDirectory ?? Path.Combine(recipe.WorkDirectory, "analysis");
        upstream.TakeExport();
        upstream.TakeFolder("analysis", directory);
        var overall = Path.Combine(directory, "overall.csv");
        var table = UpstreamOutput.Table(files.ResolveRead(overall));
        return new AnalysisResult(
            table, output.RowsWithText, output.RowsIn, 0, [], output.Reports(recipe), recipe.Settings.ExportPath!, upstream.StatsPath,
            overall, Path.Combine(directory, "all-stats.png"), time.GetElapsedTime(started));
    }

    private async Task<UpstreamOutput> RunAsync(string name, UpstreamRecipe upstream, Recipe recipe, CancellationToken cancellationToken)
    {
        var config = await upstream.WriteAsync(cancellationToken);
        var output = new UpstreamOutput(progress);
        var exit = await program.RunAsync([name, "--config", config], text => Take(text, output), cancellationToken);
        if (exit != 0)
        {
            throw new JobFailedException(FormattableString.Invariant($"{name} failed with exit code {exit}: {output.Failure}. Its recipe is {config}; its output stands in the job's log."));
        }

        if (output.OperatorErrors.Count > 0 && !recipe.Settings.SkipOpError)
        {
            throw new JobFailedException($"{name}: {output.OperatorErrors[0]}. It drops the whole batch of such a row; set skip_op_error to true to put up with that.");
        }

        return upstream.ExportedFiles().Count > 0 || name == AnalyzeProgram
            ? output
            : throw new JobFailedException($"{name} ended well but wrote no {recipe.Settings.ExportPath}.");
    }

    // Bars of progress write over themselves: the last state counts.
    private void Take(string text, UpstreamOutput output)
    {
        var shown = text[(text.TrimEnd('\r').LastIndexOf('\r') + 1)..].TrimEnd('\r');
        output.Take(shown);
        line(shown);
    }
}
