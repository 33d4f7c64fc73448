using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads the pipelines: the top-level job lists, or <c>pipelines</c> as a list of single-key maps or as a map.</summary>
internal sealed class PipelineReader(JobReader jobs, IReadOnlyList<Stage> stages, Findings findings)
{
    /// <summary>The name that upstream gives the only pipeline of a file without <c>pipelines</c>.</summary>
    public const string Anonymous = "anonymous";

    private readonly string[] _stageKeys = [.. stages.Select(s => s.ConfigKey)];

    public (IReadOnlyList<PipelineDraft> Pipelines, bool IsSingle) Read(ConfigMapping root)
    {
        var section = root.Find("pipelines");
        var lists = _stageKeys.Select(root.Find).Where(e => e is not null && !IsEmpty(e.Value)).ToList();
        if (section is null || IsEmpty(section.Value))
        {
            return ([new PipelineDraft(Anonymous, root.Location, Jobs(Anonymous, root))], true);
        }

        foreach (var list in lists)
        {
            findings.Error(
                list!.KeyLocation,
                $"\"{list.Key}\" cannot stand beside \"pipelines\": move the list into a pipeline of its own, or remove \"pipelines\".");
        }

        return (Pipelines(section), false);
    }

    private static bool IsEmpty(ConfigNode node) => node switch
    {
        ConfigScalar scalar => scalar.IsNull,
        ConfigSequence list => list.Items.Count == 0,
        ConfigMapping map => map.Entries.Count == 0,
        _ => false,
    };

    private List<PipelineDraft> Pipelines(ConfigEntry section)
    {
        var pipelines = new List<PipelineDraft>();
        var names = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var entry in Entries(section))
        {
            if (!names.TryAdd(entry.Key, entry.KeyLocation))
            {
                findings.Error(
                    entry.KeyLocation,
                    $"there are two pipelines called \"{entry.Key}\" (first in line {names[entry.Key].Line}): give each a name of its own.");
            }
            else if (entry.Key is ContextKey.Previous or "")
            {
                findings.Error(entry.KeyLocation, $"a pipeline cannot be called \"{entry.Key}\".");
            }

            pipelines.Add(new PipelineDraft(entry.Key, entry.KeyLocation, Pipeline(entry)));
        }

        return pipelines;
    }

    private IEnumerable<ConfigEntry> Entries(ConfigEntry section)
    {
        switch (section.Value)
        {
            case ConfigMapping map:
                return map.Entries;
            case ConfigSequence list:
                return list.Items.SelectMany(Item);
            default:
                findings.Error(
                    section.Value.Location, $"\"pipelines\" must be a list of \"- name: …\" or a mapping of names, not {section.Value.Noun}.");
                return [];
        }
    }

    private IReadOnlyList<ConfigEntry> Item(ConfigNode item)
    {
        if (item is ConfigMapping { Entries.Count: 1 } single)
        {
            return single.Entries;
        }

        var problem = item is ConfigMapping { Entries.Count: > 1 } several
            ? $"the item holds {several.Entries.Count} keys (\"{several.Entries[0].Key}\", \"{several.Entries[1].Key}\" …): indent the job lists below the name, and give each pipeline a \"-\" of its own."
            : $"a pipeline is a mapping of its name to its job lists, not {item.Noun}.";
        findings.Error(item.Location, problem);
        return [];
    }

    private IReadOnlyList<JobDraft> Pipeline(ConfigEntry entry)
    {
        if (entry.Value is not ConfigMapping map)
        {
            if (!IsEmpty(entry.Value))
            {
                findings.Error(
                    entry.Value.Location, $"the pipeline \"{entry.Key}\" must be a mapping of job lists ({string.Join(", ", _stageKeys)}), not {entry.Value.Noun}.");
            }

            return [];
        }

        foreach (var key in map.Entries.Where(e => !_stageKeys.Contains(e.Key, StringComparer.Ordinal)))
        {
            var remedy = ConfigKeys.Settings.Contains(key.Key, StringComparer.Ordinal)
                ? " It is a setting of the whole file: move it to the top."
                : Suggestion.For(key.Key, _stageKeys);
            findings.Error(key.KeyLocation, $"a pipeline has no key \"{key.Key}\": it has {string.Join(", ", _stageKeys)}.{remedy}");
        }

        return Jobs(entry.Key, map);
    }

    private List<JobDraft> Jobs(string pipeline, ConfigMapping map)
    {
        var result = new List<JobDraft>();
        foreach (var stage in stages)
        {
            var entry = map.Find(stage.ConfigKey);
            if (entry?.Value is ConfigSequence list)
            {
                result.AddRange(list.Items.Select((item, i) => jobs.Read(pipeline, stage, i, item)).OfType<JobDraft>());
            }
            else if (entry is not null && !IsEmpty(entry.Value))
            {
                findings.Error(entry.Value.Location, $"\"{entry.Key}\" must be a list of jobs (\"- hook: …\"), not {entry.Value.Noun}.");
            }
        }

        return result;
    }
}
