using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>A run as JSON, one event a line, for programs.</summary>
internal sealed class JsonDisplay(CliConsole console) : IRunDisplay
{
    public void JobStarted(JobView job) => console.Json(new { kind = "jobStarted", job });

    public void JobProgress(JobView job, double? fraction, string text) =>
        console.Json(new { kind = "jobProgress", id = job.Id, fraction, text });

    public void Metric(JobView job, string name, double value, double? step) =>
        console.Json(new { kind = "metric", id = job.Id, name, value, step });

    public void JobWarning(JobView job, string text) => console.Json(new { kind = "jobWarning", id = job.Id, text });

    public void JobEnded(JobView job) => console.Json(new { kind = "jobEnded", job });

    public void ActivityLine(string text) => console.Json(new { kind = "line", text });

    public Task FollowAsync(Task work) => work;
}
