using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Plugins.Parts;

/// <summary>Collects the parts of one plugin and says what is wrong with a declaration by itself.</summary>
internal sealed class PartsDraft(PluginParts parts, Action<string> fault)
{
    private const string HookSuffix = "Hook";

    /// <summary>Says what is wrong.</summary>
    public Action<string> Fault { get; } = fault;

    public void Stage(string name, string after)
    {
        if (!Core.Hooks.Stage.IsName(name) || name.StartsWith('_'))
        {
            Fault($"\"{name}\" cannot be the name of a stage: it is made of small letters, digits and _, a letter first.");
        }
        else
        {
            parts.Stages.Add((Core.Hooks.Stage.Named(name), after));
        }
    }

    public void Factory(string name) => parts.Factories.Add(name);

    public void Hook(HookDescriptor descriptor, Func<ComponentStarter, IHook> make)
    {
        if (!descriptor.Name.EndsWith(HookSuffix, StringComparison.Ordinal) || !descriptor.Name.All(char.IsAsciiLetterOrDigit))
        {
            Fault($"the name of the hook \"{descriptor.Name}\" must be of letters and digits and end with \"{HookSuffix}\".");
        }
        else if (descriptor.Stages.Count == 0)
        {
            Fault($"the hook {descriptor.Name} names no stage: give it one of probe, refine, execute, evaluate, or one of your own.");
        }
        else
        {
            parts.Hooks.Add((Marked(descriptor), make));
        }
    }

    public void Component(ComponentDescriptor descriptor)
    {
        if (descriptor.Type.Length == 0)
        {
            Fault($"a component of {descriptor.Factory} has no type.");
        }
        else
        {
            parts.Components.Add(descriptor with { Origin = parts.Origin });
        }
    }

    /// <summary>The descriptor with the plugin that it comes from.</summary>
    public HookDescriptor Marked(HookDescriptor descriptor) => descriptor with { Origin = parts.Origin };
}
