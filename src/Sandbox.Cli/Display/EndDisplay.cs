using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>What a command says at the end of a run: how it ended, what it gave, where the report is, how to go on.</summary>
internal static class EndDisplay
{
    public static async Task ShowAsync(
        CliSession session, RunView run, string report, CliConsole console, CancellationToken cancellationToken)
    {
        await ShowFiguresAsync(session, run, console, cancellationToken);
        var output = console.Output;
        var took = run.EndedAt is { } end ? $" in {JobText.Duration(end - run.StartedAt)}" : string.Empty;
        await output.WriteLineAsync($"Run {run.Id} {Colours.Paint(run.State, Colours.OfState(run.State), console.HasColours)}{took}");
        foreach (var job in run.Jobs.Where(j => j.State == RunStates.Failed))
        {
            await console.Error.WriteLineAsync($"{JobText.Place(job)} failed: {job.Failure}");
        }

        if (run.Failure is not null && run.Jobs.All(j => j.State != RunStates.Failed))
        {
            await console.Error.WriteLineAsync(run.Failure);
        }

        await output.WriteLineAsync($"Report: {report}");
        if (HowToGoOn(run) is { } advice)
        {
            await output.WriteLineAsync(advice);
        }
    }

    /// <summary>The exact commands that go on with a run, or null for one that needs none.</summary>
    public static string? HowToGoOn(RunView run) => run.State switch
    {
        RunStates.Failed when run.Config is { } config =>
            $"Mend the cause, then: {ProgramName.Line($"retry {run.Id}")}\n"
            + $"With a mended config: {ProgramName.Line($"resume {run.Id} --config {ProgramName.Quote(config)}")}",
        RunStates.Failed => $"Mend the cause, then: {ProgramName.Line($"retry {run.Id}")}",
        RunStates.Finished or RunStates.Cancelled or RunStates.Running => null,
        RunStates.Suspended =>
            $"It waits. To bring it the event NAME that it waits for: {ProgramName.Line($"workflow event NAME --run {run.Id}")}\n"
            + $"To wait on: {Resume(run.Id)}\nTo end it: {ProgramName.Line($"cancel {run.Id}")}",
        _ => $"To go on: {Resume(run.Id)}\nTo end it: {ProgramName.Line($"cancel {run.Id}")}",
    };

    /// <summary>The command that takes a run up again.</summary>
    public static string Resume(string runId) => ProgramName.Line($"resume {runId}");

    private static async Task ShowFiguresAsync(
        CliSession session, RunView run, CliConsole console, CancellationToken cancellationToken)
    {
        var figures = await session.Reports.FiguresAsync(run.Id, cancellationToken);
        if (figures.Count == 0)
        {
            return;
        }

        var table = new TextTable("figure", "before", "after", "change");
        foreach (var figure in figures)
        {
            table.Row(figure.Name, Number(figure.Before), Number(figure.After), Change(figure.Before, figure.After));
        }

        table.Write(console);
    }

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "–";

    private static string Change(double? before, double? after) =>
        before is { } b && after is { } a && b != 0 && double.IsFinite(a - b)
            ? ((a - b) / Math.Abs(b)).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture)
            : string.Empty;
}
