using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Components.Validation;
using Sandbox.Optimization.Sweeps;

using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Checking;

/// <summary>A config that was read and checked.</summary>
/// <param name="Config">The config; null where a fault stops it.</param>
/// <param name="Faults">All faults and warnings, by file and position.</param>
public sealed record CheckedConfig(SandboxConfig? Config, IReadOnlyList<Fault> Faults)
{
    private readonly Lazy<JsonObject?> _definition = new(() => Config is null ? null : WorkflowCompiler.Compile(Config));

    /// <summary>The workflow definition that it compiles to, compiled when it is first asked for; null where a fault stops it.</summary>
    public JsonObject? Definition => _definition.Value;

    /// <summary>The warnings among the faults.</summary>
    public IEnumerable<Fault> Warnings => Faults.Where(f => f.Severity == FaultSeverity.Warning);

    /// <summary>Whether it can run.</summary>
    public bool IsValid => Config is not null && Faults.All(f => f.Severity == FaultSeverity.Warning);
}

/// <summary>Reads and checks sandbox configs. Needs no database.</summary>
public sealed class ConfigCheck(HookRegistry hooks, JobInspector inspector)
{
    /// <summary>Checks a config with everything that it refers to.</summary>
    public CheckedConfig Check(RunRequest request)
    {
        var loader = new SandboxConfigLoader(
            new DiskConfigFiles(request.CurrentDirectory), new JobKnowledge(hooks, inspector), new SweepCheck());
        var loaded = loader.Load(request.ConfigPath, request.Overrides);
        return new CheckedConfig(loaded.Config, [.. loaded.Faults, .. TriggerCheck.Of(loaded.Config?.Triggers ?? []), .. Unavailable(loaded.Config)]);
    }

    // Running a sweep's config once, without its sweep, would look like a result of it.
    private static IEnumerable<Fault> Unavailable(SandboxConfig? config) => config?.Hpo is { } sweep
        ? [new Fault(sweep.Location, $"hpo_config: {SweepCheck.NotAvailable}")]
        : [];
}
