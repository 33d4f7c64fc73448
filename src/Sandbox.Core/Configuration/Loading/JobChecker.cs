using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Checks the jobs one after another, in the order in which they will run.</summary>
internal sealed class JobChecker(IConfigFiles files, IJobKnowledge knowledge, SourceFiles sources, JobTable table, Findings findings)
{
    private readonly JobPathChecker _paths = new(files, findings);
    private readonly Dictionary<string, HookDescriptor> _hooks =
        knowledge.Hooks.ToDictionary(h => h.Name, StringComparer.Ordinal);

    public JobConfig Check(JobDraft job)
    {
        var slots = new ConfigSlotReader(sources, _paths.Written, findings);
        var dj = slots.Read(job, ConfigKeys.DjConfigs);
        var extra = slots.Read(job, ConfigKeys.ExtraConfigs);
        CheckInputs(job);
        if (FindHook(job) is { } hook)
        {
            Inspect(job, hook, dj, extra);
        }

        return new JobConfig
        {
            Stage = job.Stage,
            Index = job.Index,
            Hook = job.Hook?.Text ?? string.Empty,
            MetaName = job.MetaName,
            JobFile = job.JobFile,
            DjConfigs = dj.Reference,
            ExtraConfigs = extra.Reference,
            Input = job.Inputs.ToDictionary(e => e.Key, e => ((ConfigScalar)e.Value).Text, StringComparer.Ordinal),
            Output = job.Outputs is null ? null : [.. job.Outputs.Select(o => o.Text)],
            Local = job.Locals.ToDictionary(e => e.Key, e => e.Value.ToJson(), StringComparer.Ordinal),
            Retry = job.Retry,
            Timeout = job.Timeout,
            Resources = job.Resources,
            Limits = job.Limits,
            Location = job.Location,
        };
    }

    private HookDescriptor? FindHook(JobDraft job)
    {
        if (job.Hook is null)
        {
            return null;
        }

        var hook = _hooks.GetValueOrDefault(job.Hook.Text);
        if (hook is null)
        {
            var near = Suggestion.For(job.Hook.Text, _hooks.Keys);
            findings.Error(
                job.Hook.Location,
                $"there is no hook \"{job.Hook.Text}\".{(near.Length > 0 ? near : $" There are {string.Join(", ", _hooks.Keys)}.")}");
        }
        else if (!hook.Stages.Contains(job.Stage))
        {
            findings.Warn(
                job.Hook.Location,
                $"{hook.Name} belongs in {string.Join(" or ", hook.Stages.Select(s => s.ConfigKey))}; it runs here too, as a job of {job.Stage.ConfigKey}.");
        }

        return hook;
    }

    private void CheckInputs(JobDraft job)
    {
        foreach (var input in job.Inputs)
        {
            var problem = ContextKey.Parse(((ConfigScalar)input.Value).Text, out var key) ?? table.Check(key!, job);
            if (problem is not null)
            {
                findings.Error(input.Value.Location, $"input \"{input.Key}\": {problem}");
            }
        }
    }

    private void Inspect(JobDraft job, HookDescriptor hook, ConfigSlot dj, ConfigSlot extra)
    {
        var recipe = Values(job, dj);
        var report = knowledge.Inspect(new JobInspection
        {
            Hook = hook.Name,
            Stage = job.Stage,
            DjConfigs = recipe,
            ExtraConfigs = Values(job, extra),
            DjConfigsPending = dj.IsPending,
            ExtraConfigsPending = extra.IsPending,
            InputKeys = job.Inputs.Select(e => e.Key).ToHashSet(StringComparer.Ordinal),
        });
        table.SetResults(job, report);
        Report(job, dj, extra, report.Faults, FaultSeverity.Error);
        Report(job, dj, extra, report.Warnings, FaultSeverity.Warning);
        CheckReferences(job, dj, extra, report.References);
        CheckPicked(job, report.ResultNames);
        CheckWatched(job, hook);
        if (report.ResultNames is null && report.Results is { } results && job.Outputs is { } outputs && outputs.Count > results)
        {
            findings.Error(
                outputs[results].Location,
                $"output names {outputs.Count} results, and {hook.Name} gives {results} here: remove \"{outputs[results].Text}\".");
        }

        _paths.Check(job, dj, extra, report.Paths);
        if (hook.Stages.Contains(Stage.Refine))
        {
            _paths.RecordRefined(recipe);
        }
    }

    // What stands first may be a pipeline, or a job of the same pipeline.
    private void CheckReferences(JobDraft job, ConfigSlot dj, ConfigSlot extra, IEnumerable<JobReference> references)
    {
        foreach (var reference in references)
        {
            if (Problem(job, $"{job.Pipeline}.{reference.Reference}") is { } own && Problem(job, reference.Reference) is { } whole)
            {
                var isPipeline = ContextKey.Parse(reference.Reference, out var key) is null && table.HasPipeline(key!.Pipeline);
                findings.Error(
                    OptionLocator.Locate(job, dj, extra, reference.Key), $"{{{{ {reference.Reference} }}}}: {(isPipeline ? whole : own)}");
            }
        }
    }

    private string? Problem(JobDraft job, string reference) => ContextKey.Parse(reference, out var key) ?? table.Check(key!, job);

    private void CheckWatched(JobDraft job, HookDescriptor hook)
    {
        if (hook.ReadsWatched && !table.HasNamesakeBefore(job, out var names))
        {
            findings.Error(
                job.Node.Find("meta_name")?.Value.Location ?? job.Hook!.Location,
                $"no job before this one has its meta_name \"{job.MetaName}\", under which {hook.Name} looks for what was found: give it the meta_name of the job that it refines by.{Suggestion.For(job.MetaName ?? string.Empty, names)}");
        }
    }

    private void CheckPicked(JobDraft job, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return;
        }

        foreach (var output in (job.Outputs ?? []).Where(o => !names.Contains(o.Text, StringComparer.Ordinal)))
        {
            findings.Error(
                output.Location,
                $"outputs has no \"{output.Text}\": it has {(names.Count == 0 ? "none" : string.Join(", ", names))}.{Suggestion.For(output.Text, names)}");
        }
    }

    private void Report(JobDraft job, ConfigSlot dj, ConfigSlot extra, IEnumerable<OptionFault> faults, FaultSeverity severity)
    {
        foreach (var fault in faults)
        {
            findings.Add(new Fault(OptionLocator.Locate(job, dj, extra, fault.Key), fault.Message, severity));
        }
    }

    // The config with local applied; input is not known yet and leaves its placeholders.
    private JsonObject? Values(JobDraft job, ConfigSlot slot)
    {
        var prefix = slot.Key + ".";
        var locals = job.Locals.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (job.Inputs.Any(i => i.Key == slot.Key))
        {
            locals.ForEach(l => findings.Warn(l.KeyLocation, $"local \"{l.Key}\" changes nothing: input replaces {slot.Key} as a whole."));
            locals.Clear();
        }

        if (slot.IsPending)
        {
            return null;
        }

        var hasInput = job.Inputs.Any(e => e.Key.StartsWith(prefix, StringComparison.Ordinal));
        if (slot.Tree is null && locals.Count == 0 && !hasInput)
        {
            return null;
        }

        var target = new PatchTarget(slot.Key, slot.Tree?.ToJson() ?? []);
        foreach (var local in locals)
        {
            if (target.Set(local.Key[prefix.Length..], local.Value.ToJson(), out _) is { } problem)
            {
                findings.Error(local.KeyLocation, $"local \"{local.Key}\": {problem}");
            }
        }

        return target.Root as JsonObject;
    }
}
