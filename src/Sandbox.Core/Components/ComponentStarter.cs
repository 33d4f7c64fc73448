using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Components;

/// <summary>Makes the component that a job's <c>extra_configs.type</c> names, and runs it.</summary>
public sealed class ComponentStarter(ComponentRegistry registry)
{
    /// <summary>Checks the options once more, since they may come from an input, and runs the component.</summary>
    /// <exception cref="JobFailedException">The options are wrong, or the component failed.</exception>
    public Task<HookResult> RunAsync(string factory, HookContext context, CancellationToken cancellationToken)
    {
        if (context.ExtraConfigs is not { } options)
        {
            throw new JobFailedException($"extra_configs is missing: it must name a type of {factory}.");
        }

        var faults = new List<OptionFault>();
        var found = registry.Check(factory, options, faults);
        return faults.Count == 0 && found is { } component
            ? component.Descriptor.Create(component.Options).RunAsync(context.Component, cancellationToken)
            : throw new JobFailedException(string.Join(' ', faults.Select(f => $"extra_configs.{f.Key}: {f.Message}")));
    }
}
