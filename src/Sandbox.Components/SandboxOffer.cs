using Sandbox.Components.Plugins;
using Sandbox.Components.Programs;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components;

/// <summary>Everything that a config can name: what the sandbox brings along, and what plugins bring.</summary>
/// <param name="Stages">The stages in the order in which they run.</param>
/// <param name="Hooks">The hooks.</param>
/// <param name="Components">The component types.</param>
/// <param name="PluginFaults">What is wrong with plugins: such a plugin is left out as a whole, and the rest works.</param>
public sealed record SandboxOffer(
    IReadOnlyList<Stage> Stages, HookRegistry Hooks, ComponentRegistry Components, IReadOnlyList<Fault> PluginFaults)
{
    /// <summary>Puts it together.</summary>
    /// <param name="programs">Runs programs; shared by all of one process.</param>
    /// <param name="pluginDirectories">The directories that hold plugins, full paths; one that does not exist holds none.</param>
    /// <param name="moreHooks">Hooks of the host's own.</param>
    public static SandboxOffer Of(ProgramHost programs, IEnumerable<string> pluginDirectories, params IReadOnlyList<IHook> moreHooks)
    {
        var faults = new List<Fault>();
        var own = BuiltIn.Components(programs);
        var union = new PluginUnion(own, [.. BuiltIn.Hooks(own, programs).Descriptors.Select(d => d.Name), .. moreHooks.Select(h => h.Descriptor.Name)], faults);
        foreach (var parts in pluginDirectories.Distinct(StringComparer.Ordinal).SelectMany(d => PluginFolder.Read(d, programs.Supervision, faults)))
        {
            union.Add(parts);
        }

        var plugins = union.Settled();
        var components = new ComponentRegistry([.. own.All, .. plugins.SelectMany(p => p.Components)]);
        var builtIn = BuiltIn.Hooks(components, programs);
        var starter = new ComponentStarter(components);
        var hooks = new HookRegistry(
        [
            .. builtIn.Descriptors.Select(d => builtIn.Find(d.Name)!),
            .. plugins.SelectMany(p => p.Hooks).Select(h => h.Make(starter)),
            .. moreHooks,
        ]);
        return new SandboxOffer(union.Stages, hooks, components, faults);
    }
}
