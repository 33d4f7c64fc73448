using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads the settings of the whole file.</summary>
internal sealed class SettingsReader(SourceFiles sources, ISweepCheck? sweeps, IReadOnlyList<Stage> stages, Findings findings)
{
    private readonly string[] _known = [.. ConfigKeys.Settings, .. stages.Select(s => s.ConfigKey)];
    private readonly ValueReader _values = new(findings);

    /// <summary>The config with its settings, without pipelines and what refers to them.</summary>
    public SandboxConfig Read(string path, ConfigMapping root)
    {
        foreach (var entry in root.Entries.Where(e => !_known.Contains(e.Key, StringComparer.Ordinal)))
        {
            findings.Error(entry.KeyLocation, $"a sandbox config has no key \"{entry.Key}\".{Remedy(entry.Key)}");
        }

        var defaults = new SandboxConfig { Path = path, Pipelines = [] };
        return defaults with
        {
            ProjectName = Text(root, "project_name") ?? defaults.ProjectName,
            ExperimentName = Text(root, "experiment_name") ?? defaults.ExperimentName,
            WorkDir = Text(root, "work_dir") ?? defaults.WorkDir,
            Resume = root.Find("resume") is { } resume && (_values.Flag(resume) ?? false),
            Debug = root.Find("debug") is { } debug && (_values.Flag(debug) ?? false),
            Cache = root.Find("cache") is { } cache && (_values.Flag(cache) ?? false),
            Hpo = root.Find("hpo_config") is { } hpo ? Sweep(hpo) : null,
            Triggers = new TriggerReader(findings).Read(root),
            Watchers = root.Find("watchers") is { } watchers ? Entries(watchers) : [],
            Studio = root.Find(ConfigKeys.Studio) is { } studio ? Edits(studio) : null,
        };
    }

    private string Remedy(string key)
    {
        var near = Suggestion.For(key, _known);
        return near.Length == 0 && ConfigKeys.Job.Contains(key, StringComparer.Ordinal)
            ? " It belongs to a job: indent it below one."
            : near;
    }

    private string? Text(ConfigMapping root, string key) =>
        root.Find(key) is { } entry && _values.Text(entry) is { Length: > 0 } text ? text : null;

    private IReadOnlyList<WatcherEntry> Entries(ConfigEntry entry)
    {
        switch (entry.Value)
        {
            case ConfigSequence list:
                return [.. list.Items.Select(i => new WatcherEntry(i.ToJson(), i.Location))];
            case ConfigScalar { IsNull: true }:
                return [];
            default:
                findings.Error(entry.Value.Location, $"\"watchers\" must be a list of mappings with a \"type\", not {entry.Value.Noun}.");
                return [];
        }
    }

    private JsonObject? Edits(ConfigEntry entry)
    {
        if (entry.Value is ConfigMapping { Entries.Count: > 0 } edits)
        {
            return edits.ToJson();
        }

        if (entry.Value is not (ConfigScalar { IsNull: true } or ConfigMapping))
        {
            findings.Error(
                entry.Value.Location,
                $"\"studio\" must be a mapping as \"sandbox export\" writes it, not {entry.Value.Noun}; without it the workflow is laid out anew.");
        }

        return null;
    }

    private ConfigReference? Sweep(ConfigEntry entry)
    {
        switch (entry.Value)
        {
            case ConfigScalar { IsNull: true } or ConfigScalar { Text.Length: 0 }:
                return null;
            case ConfigMapping inline:
                return Checked(inline, null, entry.KeyLocation);
            case ConfigScalar { Kind: ScalarKind.Text } path when SourceFiles.IsConfigPath(path.Text):
                var file = sources.Load(path.Text, path.Location, "sweep config");
                return file is null ? new ConfigReference(path.Text, null) : Checked(file, path.Text, path.Location);
            default:
                findings.Error(
                    entry.Value.Location,
                    $"\"hpo_config\" must be the path of a sweep's .yaml, .yml or .json file, or the sweep itself, not {entry.Value.Noun}.");
                return null;
        }
    }

    private ConfigReference Checked(ConfigNode sweep, string? path, SourceLocation at)
    {
        foreach (var fault in sweeps?.Check(sweep) ?? [])
        {
            findings.Add(fault);
        }

        return new ConfigReference(path, (sweep as ConfigMapping)?.ToJson()) { Location = at };
    }
}
