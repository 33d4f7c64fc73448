using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Engine.Jobs;

namespace Sandbox.Workflows.Jobs;

/// <summary>A job's durable steps, kept by the engine together with what was measured up to their end.</summary>
internal sealed class JobSteps(JobExecution job, AttemptWatcher watcher) : IJobSteps
{
    private int _last;

    public async Task<JsonNode?> RunAsync(
        string name, Func<CancellationToken, Task<JsonNode?>> step, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _last);
        if (await job.FindStepAsync(number, cancellationToken) is { } finished)
        {
            return finished.Name == name
                ? finished.Result
                : throw new JobFailedException(
                    $"Step {number} was \"{finished.Name}\" when it finished and is \"{name}\" now. " +
                    "Retry the job with --from-scratch.");
        }

        var result = await step(cancellationToken);

        // Not to be cancelled: the step is done, perhaps after hours.
        await watcher.FinishStepAsync(work => job.RecordStepAsync(number, name, result, work, CancellationToken.None));
        return result;
    }
}

/// <summary>Passes a job's progress on to the engine's observers.</summary>
internal sealed class JobProgressReporter(JobExecution job) : IProgress<JobProgress>
{
    public void Report(JobProgress value)
    {
        double? fraction = value.Total is > 0 ? Math.Clamp(value.Done / value.Total.Value, 0, 1) : null;
        job.Report(fraction, value.Text);
    }
}
