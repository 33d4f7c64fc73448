using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Plugins.Parts;

/// <summary>What one plugin brings.</summary>
/// <param name="Origin">Its file, as it is told to people.</param>
internal sealed record PluginParts(string Origin)
{
    /// <summary>Stages, each with the one behind which it runs.</summary>
    public List<(Stage Stage, string After)> Stages { get; } = [];

    /// <summary>Names of factories.</summary>
    public List<string> Factories { get; } = [];

    /// <summary>Hooks; they start components of whatever registry they are given.</summary>
    public List<(HookDescriptor Descriptor, Func<ComponentStarter, IHook> Make)> Hooks { get; } = [];

    /// <summary>Component types.</summary>
    public List<ComponentDescriptor> Components { get; } = [];

    /// <summary>Whether it brings anything.</summary>
    public bool IsEmpty => Stages.Count + Factories.Count + Hooks.Count + Components.Count == 0;
}
