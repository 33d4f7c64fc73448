using System.Collections.Concurrent;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>A run on a terminal: the tree of stages and jobs with progress and the newest metrics, drawn anew as it goes
/// and never higher than the terminal; at the end the whole tree stays.</summary>
internal sealed class LiveDisplay(CliConsole console, IReadOnlyList<JobView> jobs, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentQueue<string> _above = new();
    private readonly LiveRegion _region = new(console);
    private readonly LiveTree _tree = new(jobs);

    public void JobStarted(JobView job) => _tree.Update(job, entry => entry with { Job = job });

    public void JobEnded(JobView job) => _tree.Update(job, entry => entry with { Job = job, Fraction = null, Text = null });

    public void JobProgress(JobView job, double? fraction, string text) =>
        _tree.Update(job, entry => entry with { Fraction = fraction, Text = text });

    public void Metric(JobView job, string name, double value, double? step) =>
        _tree.Update(job, entry => entry with { Metric = JobText.Metric(job, name, value) });

    public void JobWarning(JobView job, string text) => _above.Enqueue($"{JobText.Place(job)} warning: {text}");

    public void ActivityLine(string text) => _above.Enqueue(text);

    public async Task FollowAsync(Task work)
    {
        using (var timer = new PeriodicTimer(Redraw, time))
        {
            while (!work.IsCompleted)
            {
                Draw(console.Height - 1);
                await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
            }
        }

        Draw(int.MaxValue);
        await work;
    }

    private void Draw(int height)
    {
        var above = new List<string>();
        while (_above.TryDequeue(out var line))
        {
            above.Add(line);
        }

        var lines = _tree.Lines(height, time.GetUtcNow());
        _region.Draw(above, [.. lines.Select(line => line.Render(console.Width - 1, console.HasColours))]);
    }
}
