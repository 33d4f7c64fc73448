using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads one job of a list: inline, or from the file that the list names.</summary>
internal sealed class JobReader(SourceFiles sources, Findings findings)
{
    private readonly ValueReader _values = new(findings);
    private readonly AttemptReader _attempts = new(findings);

    public JobDraft? Read(string pipeline, Stage stage, int index, ConfigNode item)
    {
        var file = (item as ConfigScalar)?.Text;
        if (Mapping(stage, item) is not { } node)
        {
            return null;
        }

        foreach (var entry in node.Entries.Where(e => !ConfigKeys.Job.Contains(e.Key, StringComparer.Ordinal)))
        {
            findings.Error(
                entry.KeyLocation,
                $"a job has no key \"{entry.Key}\"; options of the component belong under extra_configs.{Suggestion.For(entry.Key, ConfigKeys.Job)}");
        }

        return new JobDraft
        {
            Pipeline = pipeline,
            Stage = stage,
            Index = index,
            Location = item.Location,
            Node = node,
            JobFile = file,
            Hook = Hook(node),
            MetaName = node.Find("meta_name") is { } name ? NullIfEmpty(_values.Text(name)) : null,
            Inputs = Inputs(node),
            Locals = Settings(node.Find("local")),
            Outputs = Outputs(node),
            Retry = _attempts.Retry(node.Find("retry")),
            Timeout = _attempts.Timeout(node.Find("timeout")),
            Resources = _attempts.Resources(node.Find("resources")),
            Limits = _attempts.Limits(node.Find("limits")),
        };
    }

    private ConfigMapping? Mapping(Stage stage, ConfigNode item)
    {
        var node = item;
        if (item is ConfigScalar { Kind: ScalarKind.Text } path)
        {
            if (!SourceFiles.IsConfigPath(path.Text))
            {
                findings.Error(item.Location, $"a job is a mapping or a path that ends with .yaml, .yml or .json, not {item.Noun}.");
                return null;
            }

            node = sources.Load(path.Text, path.Location, "job file");
        }

        if (node is not null and not ConfigMapping)
        {
            findings.Error(node.Location, $"a job of {stage.ConfigKey} must be a mapping (hook, meta_name, …), not {node.Noun}.");
        }

        return node as ConfigMapping;
    }

    private ConfigScalar? Hook(ConfigMapping node)
    {
        switch (node.Find("hook"))
        {
            case { Value: ConfigScalar { IsNull: false, Text.Length: > 0 } hook }:
                return hook;
            case { } entry:
                findings.Error(entry.Value.Location, $"\"hook\" must name a hook, as ProcessDataHook, not {entry.Value.Noun}.");
                return null;
            default:
                findings.Error(node.Location, "the job has no \"hook\": name the hook that it runs, as in \"hook: ProcessDataHook\".");
                return null;
        }
    }

    private List<ConfigEntry> Inputs(ConfigMapping node)
    {
        var inputs = Settings(node.Find("input"));
        foreach (var entry in inputs.Where(e => e.Value is not ConfigScalar { IsNull: false }))
        {
            findings.Error(
                entry.Value.Location,
                $"input \"{entry.Key}\" must name a result, <pipeline>.<meta_name>.<output> or -1.<output>, not {entry.Value.Noun}.");
        }

        return [.. inputs.Where(e => e.Value is ConfigScalar { IsNull: false })];
    }

    // The entries of input or local: what they set must be in one of the two configs.
    private List<ConfigEntry> Settings(ConfigEntry? section)
    {
        var kept = new List<ConfigEntry>();
        foreach (var entry in _values.Entries(section))
        {
            var parts = entry.Key.Split('.');
            if (ConfigKeys.IsJobConfig(parts[0]) && !Array.Exists(parts, p => p.Length == 0))
            {
                kept.Add(entry);
                continue;
            }

            string[] known = [ConfigKeys.DjConfigs, ConfigKeys.ExtraConfigs];
            findings.Error(
                entry.KeyLocation,
                $"{section!.Key} cannot set \"{entry.Key}\": the key must start with dj_configs or extra_configs.{Suggestion.For(parts[0], known)}");
        }

        return kept;
    }

    private IReadOnlyList<ConfigScalar>? Outputs(ConfigMapping node)
    {
        var outputs = _values.Texts(node.Find("output"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in outputs ?? [])
        {
            if (output.Text == "meta_name")
            {
                findings.Error(output.Location, "an output cannot be called \"meta_name\": the context infos keep the job's name there.");
            }
            else if (!seen.Add(output.Text))
            {
                findings.Error(output.Location, $"the output \"{output.Text}\" is named twice: give each result a name of its own.");
            }
        }

        return outputs;
    }

    private static string? NullIfEmpty(string? text) => text is { Length: 0 } ? null : text;
}
