using System.Collections.Concurrent;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>A run as plain lines: for logs and pipes.</summary>
internal sealed class PlainDisplay(CliConsole console, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastProgress = new(StringComparer.Ordinal);

    public void JobStarted(JobView job)
    {
        _lastProgress[job.Id] = time.GetUtcNow();
        Line($"{JobText.Place(job)} started{(job.Attempt > 1 ? FormattableString.Invariant($" (attempt {job.Attempt})") : string.Empty)}");
    }

    public void JobProgress(JobView job, double? fraction, string text)
    {
        var now = time.GetUtcNow();
        if (_lastProgress.TryGetValue(job.Id, out var last) && now - last >= ProgressEvery)
        {
            _lastProgress[job.Id] = now;
            var percent = fraction is { } f ? string.Create(CultureInfo.InvariantCulture, $" {f:P0}") : string.Empty;
            Line($"{JobText.Place(job)}{percent} {text}");
        }
    }

    public void Metric(JobView job, string name, double value, double? step)
    {
        // Plain lines tell what ended; metrics stand in the report and behind --json.
    }

    public void JobWarning(JobView job, string text) => Line($"{JobText.Place(job)} warning: {text}");

    public void ActivityLine(string text) => console.Line(text);

    public void JobEnded(JobView job) => Line($"{JobText.Place(job)} {JobText.End(job)}");

    public Task FollowAsync(Task work) => work;

    private void Line(string text)
    {
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        console.Line($"{now} {text}");
    }
}
