using System.Text.Json.Nodes;
using Sandbox.Core.Iteration;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Jobs;

/// <summary>Counts iterations and carries results into the next one: <c>Sandbox.NextIteration</c>.</summary>
internal sealed class IterationJobHandler(RunScopes scopes) : IJobHandler
{
    /// <summary>The kind of its jobs.</summary>
    public const string HandlerKind = "sandbox.iteration";

    public string Kind => HandlerKind;

    /// <summary>The iteration that a job belongs to, from 1.</summary>
    public static int CurrentIteration(JobExecution job) =>
        job.Variables[ActivityNames.IterationVariable].Whole(1);

    public async Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken)
    {
        var iteration = CurrentIteration(job);
        var limit = job.Inputs[ActivityNames.MaxIterations].Whole(1);
        if (limit > 0 && iteration >= limit)
        {
            return new JobResult(new JsonObject { [ActivityNames.IterationVariable] = iteration }, [ActivityNames.Finished], []);
        }

        var scope = await scopes.OpenAsync(job.InstanceId, cancellationToken);
        var context = scope.Records.Iteration(iteration);
        var updates = new JsonArray();
        foreach (var (from, to) in ActivityYaml.Map(job.Inputs[ActivityNames.Updater]?.ToString(), ActivityNames.Updater))
        {
            if (IterationUpdate.Parse(from, to?.ToString() ?? string.Empty, out var update) is { } problem)
            {
                throw new JobFailure(problem) { NonRetryable = true };
            }

            if (context.Find(from) is { Found: true, Value: { } value })
            {
                updates.Add(new JsonObject
                {
                    ["pipeline"] = update!.Pipeline,
                    ["meta_name"] = update.MetaName,
                    ["key"] = update.LocalKey,
                    ["value"] = FiniteJson.Of(value),
                });
            }
        }

        var outputs = new JsonObject
        {
            [ActivityNames.IterationVariable] = iteration + 1,
            [ActivityNames.UpdatesVariable] = updates,
        };
        return new JobResult(outputs, [ActivityNames.Again], []);
    }
}
