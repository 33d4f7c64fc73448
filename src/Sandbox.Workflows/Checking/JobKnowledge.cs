using System.Text.RegularExpressions;
using Sandbox.Components;
using Sandbox.Components.Validation;
using Sandbox.Core.Configuration;
using Sandbox.Core.Hooks;

namespace Sandbox.Workflows.Checking;

/// <summary>Tells the config loader what the hooks and components know of a job.</summary>
internal sealed partial class JobKnowledge(SandboxOffer offer, JobInspector inspector) : IJobKnowledge
{
    public IReadOnlyCollection<HookDescriptor> Hooks => offer.Hooks.Descriptors;

    public IReadOnlyList<Stage> Stages => offer.Stages;

    public JobReport Inspect(Core.Configuration.JobInspection job)
    {
        var replaced = new List<string>(job.InputKeys);
        if (job.DjConfigsPending)
        {
            replaced.Add("dj_configs");
        }

        if (job.ExtraConfigsPending)
        {
            replaced.Add("extra_configs");
        }

        var found = inspector.Inspect(new JobToInspect(job.Hook, job.DjConfigs, job.ExtraConfigs) { Replaced = replaced });
        return new JobReport(
            [.. found.Faults.Select(f => f with { Key = Dotted(f.Key) })],
            [.. found.Paths.Select(p => new JobPath(Dotted(p.Key), p.Path, p.Access))],
            found.Results)
        {
            ResultNames = found.ResultNames,
            References = [.. found.References.Select(r => new JobReference(Dotted(r.Key), r.Value))],
        };
    }

    // The inspector writes list[0], the loader list.0.
    private static string Dotted(string key) => Index().Replace(key, ".${index}");

    [GeneratedRegex(@"\[(?<index>\d+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
