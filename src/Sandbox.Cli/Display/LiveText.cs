using System.Globalization;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>The lines of the tree in words and signs.</summary>
internal static class LiveText
{
    private const int BarWidth = 16;

    public static LiveLine Pipeline(string name, int iteration, IReadOnlyList<LiveJob> jobs)
    {
        var title = iteration > 1 ? FormattableString.Invariant($"{name} (iteration {iteration})") : name;
        var done = jobs.Count(j => j.Job.State == RunStates.Finished);
        return new LiveLine(
            new Cell(title, done == jobs.Count ? Colours.Green : null),
            new Cell(FormattableString.Invariant($"  {done} of {jobs.Count} jobs"), Colours.Grey));
    }

    public static LiveLine Stage(LiveStage stage)
    {
        var count = stage.IsDone || !stage.IsBegun
            ? FormattableString.Invariant($"  {stage.Jobs.Count}{(stage.IsDone ? " done" : " to come")}")
            : string.Empty;
        return new LiveLine(new Cell($"  {stage.Stage}", stage.IsDone ? Colours.Green : null), new Cell(count, Colours.Grey));
    }

    public static LiveLine More(int count, string where) =>
        new(new Cell(count > 0 ? FormattableString.Invariant($"  … {count} more {where}") : string.Empty, Colours.Grey));

    public static LiveLine Job(LiveJob entry, DateTimeOffset now)
    {
        var job = entry.Job;
        var parts = new List<Cell> { new($"    {Symbol(job.State)} {JobText.Name(job)}", Colours.OfState(job.State)) };
        if (JobText.Origin(job) is { } origin)
        {
            parts.Add(new Cell($" {origin}", Colours.Grey));
        }
        else if (job.StartedAt is { } start)
        {
            parts.Add(new Cell($" {JobText.Duration((job.EndedAt ?? now) - start)}", Colours.Grey));
        }

        if (job.State == RunStates.Running)
        {
            parts.AddRange(entry.Fraction is { } fraction ? Bar(fraction) : [new Cell(" …")]);
            parts.Add(new Cell($" {entry.Text}", Colours.Grey));
        }

        parts.Add(new Cell(entry.Metric is null ? string.Empty : $"  {entry.Metric}", Colours.Blue));
        parts.Add(new Cell(job.Failure is null ? string.Empty : $"  {job.Failure.ReplaceLineEndings(" ")}", Colours.Red));
        return new LiveLine(parts) { IsActive = job.State == RunStates.Running };
    }

    private static IEnumerable<Cell> Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        yield return new Cell($" {new string('━', full)}", Colours.Blue);
        yield return new Cell(new string('─', BarWidth - full), Colours.Grey);
        yield return new Cell(string.Create(CultureInfo.InvariantCulture, $" {fraction * 100:0}%"));
    }

    private static string Symbol(string state) => state switch
    {
        RunStates.Finished => "✓",
        RunStates.Failed => "✗",
        RunStates.Running => "●",
        RunStates.Cancelled or RunStates.Interrupted => "■",
        _ => "○",
    };
}
