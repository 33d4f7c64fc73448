using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Promotion;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox promote RUN --dataset BIG</c>: the recipe that a run came to, for the large data set.</summary>
internal static class PromoteCommand
{
    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var data = new Option<string>("--dataset") { Description = "The large data set: a file, a directory or a glob.", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The directory for the recipes.", DefaultValueFactory = _ => "promoted" };
        var export = new Option<string?>("--export-path") { Description = "Where the processed data go; a file beside the recipes without it." };
        var job = new Option<string?>("--job") { Description = "The job whose recipe is meant, where a run has several: its meta name, or PIPELINE.META_NAME." };
        var address = new Option<string>("--ray-address") { Description = "Ray's address.", DefaultValueFactory = _ => "auto" };
        var elsewhere = new Option<bool>("--elsewhere") { Description = "The data lie on another machine: do not look for them here." };
        var command = new Command("promote", "Write the recipe that a run or a sweep came to for a large data set: for one machine, and for Data-Juicer on Ray.")
        {
            run, data, output, export, job, address, elsewhere, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var promoted = await session.Promotion.WriteAsync(
                new PromotionRequest(parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), Path.GetFullPath(parsed.GetRequiredValue(output)))
                {
                    Job = parsed.GetValue(job),
                    ExportPath = parsed.GetValue(export) is { } path && !path.Contains("://", StringComparison.Ordinal) ? Path.GetFullPath(path) : parsed.GetValue(export),
                    RayAddress = parsed.GetRequiredValue(address),
                    IsElsewhere = parsed.GetValue(elsewhere),
                },
                cancellationToken);
            Tell(promoted, console, parsed.GetValue(json));
            return promoted.RayPath is null ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static void Tell(PromotedRecipe promoted, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { run = promoted.RunId, job = promoted.Job, trial = promoted.Trial, recipe = promoted.RecipePath, ray = promoted.RayPath, notes = promoted.Notes, obstacles = promoted.Obstacles });
        }
        else
        {
            var trial = promoted.Trial is { } number ? FormattableString.Invariant($", trial {number}") : string.Empty;
            console.Output.WriteLine($"The recipe of {promoted.Job} of run {promoted.RunId}{trial}:");
            console.Output.WriteLine($"  on one machine   sandbox process --config {promoted.RecipePath}");
            console.Output.WriteLine(promoted.RayPath is null ? "  on Ray           not written" : $"  on Ray           dj-process --config {promoted.RayPath}");
        }

        foreach (var note in promoted.Notes)
        {
            console.Error.WriteLine($"note: {note}");
        }

        if (promoted.Obstacles.Count > 0)
        {
            console.Error.WriteLine($"The recipe cannot run on Ray: {string.Join("; ", promoted.Obstacles)}. Run these operators on one machine before or after.");
        }
    }
}
