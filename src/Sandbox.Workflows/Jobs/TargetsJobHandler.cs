using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Jobs;

/// <summary>Compares results of the current iteration with targets: <c>Sandbox.CheckTargets</c>.</summary>
internal sealed class TargetsJobHandler(RunScopes scopes) : IJobHandler
{
    /// <summary>The kind of its jobs.</summary>
    public const string HandlerKind = "sandbox.targets";

    public string Kind => HandlerKind;

    public async Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken)
    {
        var scope = await scopes.OpenAsync(job.InstanceId, cancellationToken);
        var iteration = IterationJobHandler.CurrentIteration(job);
        var context = scope.Records.Iteration(iteration);
        var checks = Targets(job)
            .Select(target => target.Evaluate(context.Find(target.Key.ToString()).Value))
            .ToList();
        var met = TargetModes.IsMet(job.Inputs[ActivityNames.Mode]?.ToString() ?? TargetModes.All, checks);
        foreach (var problem in checks.Select(c => c.Problem).OfType<string>())
        {
            job.Report(null, problem);
        }

        return new JobResult(new JsonObject { ["met"] = met }, [met ? ActivityNames.Met : ActivityNames.NotMet], []);
    }

    private static List<IterationTarget> Targets(JobExecution job)
    {
        var targets = new List<IterationTarget>();
        foreach (var text in ActivityYaml.Texts(job.Inputs[ActivityNames.Targets]?.ToString(), ActivityNames.Targets))
        {
            if (IterationTarget.Parse(text, out var target) is { } problem)
            {
                throw new JobFailure(problem) { NonRetryable = true };
            }

            targets.Add(target!);
        }

        return targets;
    }
}
