using System.Text.Json.Nodes;
using Sandbox.Components.Validation;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Plugins;

namespace Sandbox.Components.Plugins.Parts;

/// <summary>A plugin's hook as the sandbox sees it: its own options are checked and bound, and it is made for each job.</summary>
internal sealed class PluginHook(HookDescriptor descriptor, Func<object?, ComponentStarter, IPluginHook> make, ComponentStarter starter) : IHook, IInspectedHook
{
    /// <inheritdoc />
    public HookDescriptor Descriptor { get; } = descriptor;

    /// <inheritdoc />
    public void Inspect(JobToInspect job, InspectionDraft draft)
    {
        if (Descriptor.OptionsType is { } type && draft.Known(JobInspector.ExtraConfigs, job.ExtraConfigs) is { } given)
        {
            var faults = new List<OptionFault>();
            var options = OptionsBinder.Bind(type, given, faults);
            draft.Faults(JobInspector.ExtraConfigs, faults);
            draft.Paths(JobInspector.ExtraConfigs, options);
        }

        if (Descriptor.UsesDjConfigs)
        {
            RecipeRules.CheckShape(job, draft);
        }
    }

    /// <inheritdoc />
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        var faults = new List<OptionFault>();
        var options = Descriptor.OptionsType is { } type ? OptionsBinder.Bind(type, context.ExtraConfigs ?? new JsonObject(), faults) : null;
        return faults.Count == 0
            ? make(options, starter).RunAsync(context, cancellationToken)
            : throw new JobFailedException(string.Join(' ', faults.Select(f => $"extra_configs.{f.Key}: {f.Message}")));
    }
}
