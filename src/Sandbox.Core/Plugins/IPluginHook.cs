using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Plugins;

/// <summary>A hook of a plugin; see <see cref="SandboxHookAttribute"/>.</summary>
public interface IPluginHook
{
    /// <summary>Runs the job once.</summary>
    /// <exception cref="Faults.JobFailedException">The job failed for a reason that the user can mend.</exception>
    Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken);
}

/// <summary>A factory that makes up its component types itself, for one from files that it finds.</summary>
public interface IComponentFactory
{
    /// <summary>Its types; each names this factory.</summary>
    IEnumerable<ComponentDescriptor> Components { get; }
}
