using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Context;
using Sandbox.Core.Hooks;

namespace Sandbox.Workflows.Jobs;

/// <summary>What the options of a job's component say before it runs.</summary>
/// <param name="ResultNames">The names of its results; null where they have none.</param>
/// <param name="References">The context infos that its placeholders stand for.</param>
internal sealed record ComponentTerms(IReadOnlyList<string>? ResultNames, IReadOnlyList<string> References);

/// <summary>Looks at a job's component.</summary>
internal sealed class JobComponents(HookRegistry hooks, ComponentRegistry components)
{
    /// <summary>What resolved options say; nothing where they are wrong, which the component tells when it is made.</summary>
    public ComponentTerms Of(string hook, JsonObject? extraConfigs)
    {
        var nothing = new ComponentTerms(null, []);
        if (hooks.Find(hook)?.Descriptor.Factory is not { } factory || extraConfigs is null)
        {
            return nothing;
        }

        var faults = new List<OptionFault>();
        if (components.Check(factory, extraConfigs, faults) is not { } found || faults.Count > 0)
        {
            return nothing;
        }

        var references = OptionsBinder.Describe(found.Descriptor.OptionsType!).Where(o => o.Option.Placeholders)
            .SelectMany(o => Placeholders.References(extraConfigs[o.Name]));
        return new ComponentTerms(
            found.Descriptor.NamedResults?.Invoke(found.Options).Select(r => r.Name).ToList(), [.. references]);
    }
}
