using System.Collections.Concurrent;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sandbox.Cli.Display;

/// <summary>A run on a terminal: the tree of stages and jobs with progress and the newest metrics, drawn anew as it goes.</summary>
internal sealed class LiveDisplay(CliConsole console, IReadOnlyList<JobView> jobs, TimeProvider time) : IRunDisplay
{
    private readonly ConcurrentDictionary<(string Activity, int Iteration), Line> _lines = new(jobs.Select(j =>
        KeyValuePair.Create((j.ActivityId, j.Iteration), new Line(j))));

    public void JobStarted(JobView job) => Update(job, line => line with { Job = job });

    public void JobEnded(JobView job) => Update(job, line => line with { Job = job, Fraction = null, Text = null });

    public void JobProgress(JobView job, double? fraction, string text) =>
        Update(job, line => line with { Fraction = fraction, Text = text });

    public void Metric(JobView job, string name, double value, double? step) => Update(
        job, line => line with { Metric = string.Create(CultureInfo.InvariantCulture, $"{name} {value:G5}") });

    public Task FollowAsync(Task work) => console.Ansi.Live(Draw())
        .Overflow(VerticalOverflow.Crop)
        .StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), time);
            do
            {
                live.UpdateTarget(Draw());
                live.Refresh();
                await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
            }
            while (!work.IsCompleted);
            live.UpdateTarget(Draw());
            live.Refresh();
            await work;
        });

    private void Update(JobView job, Func<Line, Line> change) =>
        _lines.AddOrUpdate((job.ActivityId, job.Iteration), _ => change(new Line(job)), (_, line) => change(line));

    private IRenderable Draw()
    {
        var tree = new Tree("[bold]sandbox[/]").Guide(TreeGuide.Line);
        var order = jobs.Select((j, i) => (j.ActivityId, i)).GroupBy(x => x.ActivityId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
        var lines = _lines.Values.OrderBy(l => l.Job.Iteration)
            .ThenBy(l => order.GetValueOrDefault(l.Job.ActivityId, int.MaxValue)).ToList();
        foreach (var pipeline in lines.GroupBy(l => (l.Job.Iteration, l.Job.Pipeline)))
        {
            var title = pipeline.Key.Iteration > 1
                ? FormattableString.Invariant($"{pipeline.Key.Pipeline} (iteration {pipeline.Key.Iteration})")
                : pipeline.Key.Pipeline;
            var done = pipeline.All(l => l.Job.State == RunStates.Finished);
            var node = tree.AddNode($"[{(done ? "green" : "bold")}]{Markup.Escape(title)}[/]");
            foreach (var stage in done ? [] : pipeline.GroupBy(l => l.Job.Stage, StringComparer.Ordinal))
            {
                var branch = node.AddNode(Markup.Escape(stage.Key));
                branch.AddNodes(stage.Select(line => new Markup(Describe(line))));
            }
        }

        return tree;
    }

    private string Describe(Line line)
    {
        var job = line.Job;
        var parts = new List<string> { $"[{Tables.Colour(job.State)}]{Symbol(job.State)} {Markup.Escape(JobText.Name(job))}[/]" };
        if (job.State == RunStates.Running)
        {
            parts.Add(line.Fraction is { } fraction ? Bar(fraction) : "…");
            parts.Add($"[grey]{Markup.Escape(line.Text ?? string.Empty)}[/]");
        }

        if (job.StartedAt is { } start)
        {
            parts.Add($"[grey]{JobText.Duration((job.EndedAt ?? time.GetUtcNow()) - start)}[/]");
        }

        if (line.Metric is { } metric)
        {
            parts.Add($"[blue]{Markup.Escape(metric)}[/]");
        }

        if (job.Failure is { } failure)
        {
            parts.Add($"[red]{Markup.Escape(failure)}[/]");
        }

        return string.Join(' ', parts);
    }

    private static string Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * 20);
        var percent = string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0}%");
        return $"[blue]{new string('━', full)}[/][grey]{new string('━', 20 - full)}[/] {percent}";
    }

    private static string Symbol(string state) => state switch
    {
        RunStates.Finished => "✓",
        RunStates.Failed => "✗",
        RunStates.Running => "●",
        _ => "○",
    };

    private sealed record Line(JobView Job)
    {
        public double? Fraction { get; init; }

        public string? Text { get; init; }

        public string? Metric { get; init; }
    }
}
