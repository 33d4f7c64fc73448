using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox show RUN</c>: a run with its jobs and their results.</summary>
internal static class ShowCommand
{
    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("show", "Show a run with its jobs and their results.") { run, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var view = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            if (parsed.GetValue(json))
            {
                console.Json(view);
            }
            else
            {
                Show(view, console);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(RunView run, CliConsole console)
    {
        var failure = run.Failure is null ? string.Empty : $": {run.Failure}";
        console.Output.WriteLine($"run      {run.Id}");
        console.Output.WriteLine($"name     {run.Name}");
        console.Output.WriteLine($"state    {Colours.Paint(run.State, Colours.OfState(run.State), console.HasColours)}{failure}");
        console.Output.WriteLine($"config   {run.Config}");
        console.Output.WriteLine($"in       {run.CurrentDirectory}");
        console.Output.WriteLine($"version  {run.DefinitionVersionId}");
        var table = new TextTable("job", "iter", "pipeline", "stage", "name", "state", "attempt", "took", "results");
        foreach (var job in run.Jobs)
        {
            table.Row(
                job.Id,
                job.Iteration.ToString(CultureInfo.InvariantCulture),
                job.Pipeline,
                job.Stage,
                JobText.Name(job),
                new Cell(JobText.Origin(job) is { } origin ? $"{job.State} ({origin})" : job.State, Colours.OfState(job.State)),
                job.Attempt.ToString(CultureInfo.InvariantCulture),
                job is { StartedAt: { } start, EndedAt: { } end } && JobText.Origin(job) is null ? JobText.Duration(end - start) : string.Empty,
                job.Outputs is { } outputs ? JsonLines.Of(outputs) : job.Failure);
        }

        table.Write(console);
        foreach (var job in run.Jobs.Where(j => j.Environment is not null))
        {
            var packages = (job.Environment!["packages"] as System.Text.Json.Nodes.JsonArray)?.Count ?? 0;
            console.Output.WriteLine(FormattableString.Invariant(
                $"environment of {JobText.Name(job)}: {job.Environment["name"]} ({job.Environment["manager"]}, {job.Environment["python"]}, {packages} packages; all of them: --json)"));
        }

        if (EndDisplay.HowToGoOn(run) is { } advice)
        {
            console.Output.WriteLine(advice);
        }
    }
}
