using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Validation;

/// <summary>Checks a job before anything runs: is the hook known, are its options right, which paths does it name.</summary>
/// <param name="hooks">The hooks that the host offers.</param>
/// <param name="components">The component types that the host offers.</param>
public sealed class JobInspector(HookRegistry hooks, ComponentRegistry components)
{
    internal const string DjConfigs = "dj_configs";
    internal const string ExtraConfigs = "extra_configs";

    /// <summary>Finds all faults and paths of one job. Reads no data; operators may look for models and word lists.</summary>
    public JobInspection Inspect(JobToInspect job)
    {
        var draft = new InspectionDraft(job.Replaced);
        if (hooks.Find(job.Hook) is not { } hook)
        {
            draft.Fault("hook", $"unknown hook \"{job.Hook}\".{Suggestion.For(job.Hook, hooks.Descriptors.Select(d => d.Name))}");
            return draft.ToInspection();
        }

        var descriptor = hook.Descriptor;
        Require(descriptor.UsesDjConfigs && job.DjConfigs is null, DjConfigs, $"{descriptor.Name} needs a recipe in dj_configs.", draft);
        Require(
            descriptor.UsesExtraConfigs && job.ExtraConfigs is null, ExtraConfigs, $"{descriptor.Name} needs extra_configs.", draft);
        draft.Results = descriptor.Factory is null || !descriptor.UsesExtraConfigs ? descriptor.DefaultResults : null;
        if (descriptor is { UsesExtraConfigs: true, Factory: { } factory })
        {
            InspectComponent(factory, job, draft);
        }

        (hook as IInspectedHook)?.Inspect(job, draft);
        CheckTargets(job, descriptor.OptionsType ?? ComponentOptions(descriptor, job), descriptor.UsesDjConfigs, draft);
        return draft.ToInspection();
    }

    private Type? ComponentOptions(HookDescriptor descriptor, JobToInspect job) =>
        descriptor is { UsesExtraConfigs: true, Factory: { } factory } && job.ExtraConfigs?["type"] is JsonValue type && !job.Replaced.Contains(ExtraConfigs + ".type")
            ? components.Of(factory).FirstOrDefault(d => d.Type == type.ToString())?.OptionsType
            : null;

    private static void CheckTargets(JobToInspect job, Type? options, bool usesRecipe, InspectionDraft draft)
    {
        foreach (var key in job.Replaced.Where(r => r.Contains('.', StringComparison.Ordinal)))
        {
            var parts = key.Split('.');
            var problem = parts[0] switch
            {
                ExtraConfigs when options is not null && !job.Replaced.Contains(ExtraConfigs) => InputTargets.ProblemOfOption(options, parts.AsSpan(1)),
                DjConfigs when usesRecipe && job.DjConfigs is { } recipe && !job.Replaced.Contains(DjConfigs) =>
                    InputTargets.ProblemOfRecipe(recipe, parts.AsSpan(1)),
                DjConfigs when !usesRecipe && job.DjConfigs is null or { Count: 0 } => $"{job.Hook} reads no dj_configs, and has none: there is nothing to be set.",
                _ => null,
            };
            if (problem is not null)
            {
                draft.TargetFault(key, problem);
            }
        }
    }

    private void InspectComponent(string factory, JobToInspect job, InspectionDraft draft)
    {
        if (draft.Known(ExtraConfigs, job.ExtraConfigs) is not { } options || draft.IsReplaced(ExtraConfigs + ".type"))
        {
            return;
        }

        var faults = new List<OptionFault>();
        var found = components.Check(factory, options, faults);
        draft.Faults(ExtraConfigs, faults);
        if (found is { } component)
        {
            draft.Paths(ExtraConfigs, component.Options);
            draft.Results = component.Descriptor.Results;
            foreach (var path in component.Descriptor.WritesPaths?.Invoke(component.Options) ?? [])
            {
                draft.Path(ExtraConfigs, path, PathAccess.Write);
            }

            draft.References(ExtraConfigs, component.Descriptor.OptionsType, options);
            DeclareNamed(component.Descriptor, component.Options, draft);
        }
    }

    private static void DeclareNamed(ComponentDescriptor descriptor, object options, InspectionDraft draft)
    {
        if (descriptor.NamedResults?.Invoke(options) is { } named)
        {
            draft.ResultNames = [.. named.Select(n => n.Name)];
            foreach (var result in named)
            {
                draft.Path($"{ExtraConfigs}.outputs.{result.Name}", result.Path, PathAccess.Write);
            }
        }
    }

    private static void Require(bool missing, string key, string message, InspectionDraft draft)
    {
        if (missing)
        {
            draft.Fault(key, message);
        }
    }
}
