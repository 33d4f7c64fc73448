using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Core.Plugins;

namespace Sandbox.Components.Plugins.Protocol;

/// <summary>A component type that a program does.</summary>
internal sealed class ProgramComponent(PluginProgram program, string factory, string type, IReadOnlyList<string> results, object options) : IComponent
{
    public Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken) => program.RunAsync(
        new JsonObject { ["component"] = new JsonObject { ["factory"] = factory, ["type"] = type } }, options, null, results, context, cancellationToken);
}

/// <summary>A hook that a program does.</summary>
internal sealed class ProgramHook(PluginProgram program, string name, object options) : IPluginHook
{
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) => program.RunAsync(
        new JsonObject { ["hook"] = name }, options, context.DjConfigs, [], context.Component, cancellationToken);
}

/// <summary>A hook that starts a component of its factory, and nothing else.</summary>
internal sealed class StartingHook(string factory, ComponentStarter starter) : IPluginHook
{
    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
        starter.RunAsync(factory, context, cancellationToken);
}
