using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Definitions;

/// <summary>A definition of the sandbox profile, taken apart.</summary>
/// <param name="Config">The config that it stands for, without <c>studio</c>.</param>
/// <param name="Layout">Which sequences hold which jobs, in running order.</param>
/// <param name="Nodes">Every activity by its key, the flowchart itself among them.</param>
internal sealed record SandboxProfile(
    SandboxConfig Config, IReadOnlyList<LayoutItem> Layout, IReadOnlyDictionary<string, ActivityNode> Nodes)
{
    /// <summary>Keys of the activities in the flowchart, in the order of its list.</summary>
    public IReadOnlyList<string> Order()
    {
        var keys = Keys();
        return [.. Nodes[StudioKeys.Root].Activities!.Select(a => keys[a.Id])];
    }

    /// <summary>Keys by activity id.</summary>
    public IReadOnlyDictionary<string, string> Keys() => Nodes.ToDictionary(n => n.Value.Id, n => n.Key, StringComparer.Ordinal);
}
