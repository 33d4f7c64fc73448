using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;
using Sandbox.Components;
using Sandbox.Components.Validation;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Tracking.Sinks;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Checking;

/// <summary>A config that was read and checked.</summary>
/// <param name="Config">The config; null where a fault stops it.</param>
/// <param name="Faults">All faults and warnings, by file and position.</param>
public sealed record CheckedConfig(SandboxConfig? Config, IReadOnlyList<Fault> Faults)
{
    private JsonObject? _definition;

    /// <summary>The workflow definition that it compiles to, compiled when it is first asked for; null where a fault stops it.</summary>
    public JsonObject? Definition => _definition ??= Config switch
    {
        null => null,
        _ when TrialOf is { } sweep => SweepCompiler.CompileTrial(Config, sweep),
        { Hpo.Value: not null } => SweepCompiler.Compile(Config),
        _ => WorkflowCompiler.Compile(Config),
    };

    /// <summary>The sweep whose trial it is, or null.</summary>
    internal string? TrialOf { get; init; }

    /// <summary>The warnings among the faults.</summary>
    public IEnumerable<Fault> Warnings => Faults.Where(f => f.Severity == FaultSeverity.Warning);

    /// <summary>Whether it can run.</summary>
    public bool IsValid => Config is not null && Faults.All(f => f.Severity == FaultSeverity.Warning);
}

/// <summary>Reads and checks sandbox configs. Needs no database.</summary>
public sealed class ConfigCheck(SandboxOffer offer, JobInspector inspector)
{
    /// <summary>Checks a config with everything that it refers to. Of a sweep, the first trial is checked, too.</summary>
    public CheckedConfig Check(RunRequest request)
    {
        var files = new DiskConfigFiles(request.CurrentDirectory);
        var loaded = Load(request.ConfigPath, request.Overrides, files);
        if (loaded.Config is not { Hpo.Value: { } sweep } config)
        {
            return new CheckedConfig(loaded.Config, [.. offer.PluginFaults, .. loaded.Faults, .. Watchers(loaded.Config), .. TriggerCheck.Of(loaded.Config?.Triggers ?? [])]);
        }

        return new CheckedConfig(config, [.. offer.PluginFaults, .. loaded.Faults, .. Watchers(config), .. TriggerCheck.Of(config.Triggers), .. FirstTrial(request, files, config, sweep)]);
    }

    /// <summary>Checks the config of one trial of a sweep: the sandbox without its sweep, with the trial's parameters.</summary>
    internal CheckedConfig CheckTrial(RunRequest request, IConfigFiles files, JsonObject parameters, string sweepId, string workDir)
    {
        var loaded = Load(request.ConfigPath, request.Overrides, files);
        if (loaded.Config is null)
        {
            return new CheckedConfig(null, loaded.Faults);
        }

        var trial = Load(request.ConfigPath, [.. request.Overrides, .. TrialParameters.Overrides(loaded.Config, parameters)], files);
        var config = trial.Config is { } read ? read with { Hpo = null, Resume = false, WorkDir = workDir } : null;
        return new CheckedConfig(config, trial.Faults) { TrialOf = sweepId };
    }

    private static List<Fault> Watchers(SandboxConfig? config)
    {
        var faults = new List<Fault>();
        var entries = config?.Watchers ?? [];
        WatcherConfig.ReadAll(new JsonArray([.. entries.Select(w => w.Value?.DeepClone())]), (i, message) => faults.Add(new Fault(entries[i].Location, message)));
        return faults;
    }

    private SandboxConfigResult Load(string path, IReadOnlyList<string> overrides, IConfigFiles files) =>
        new SandboxConfigLoader(files, new JobKnowledge(offer, inspector), new SweepCheck()).Load(path, overrides);

    // A parameter that leads nowhere, and a value that its job refuses, are found before hours of trials.
    private IEnumerable<Fault> FirstTrial(RunRequest request, IConfigFiles files, SandboxConfig config, JsonObject sweep)
    {
        if (SweepText.Parse(YamlText.Write(sweep), []) is not { } parsed)
        {
            return [];
        }

        var known = config.Hpo!.Location;
        var missing = WarmStarts.Faults(parsed, request.CurrentDirectory).Select(f => new Fault(known, f)).ToList();
        return missing.Count > 0 || new Study(parsed, parsed.Seed ?? 0, [], []).Ask() is not { } first ? missing : CheckTrial(request, files, first.Parameters, "check", config.WorkDir).Faults
            .Where(f => f.Severity == FaultSeverity.Error)
            .Select(f => new Fault(known, $"hpo_config: with the first trial's parameters {first.Parameters.ToJsonString()}: {f}"));
    }
}
