using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Reads a definition back as the config that it was compiled from, however it was edited meanwhile.</summary>
internal sealed class ProfileReader
{
    private const string Anonymous = "anonymous";
    private readonly List<Fault> _faults = [];
    private readonly OrderedDictionary<string, ActivityNode> _nodes = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, List<JobConfig>> _pipelines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sequences = new(StringComparer.Ordinal);
    private bool _hasPipelines;

    /// <summary>Takes a definition apart.</summary>
    /// <exception cref="FaultException">It is outside the profile; every activity that has no YAML is named.</exception>
    public static SandboxProfile Read(WorkflowDefinition definition, string path)
    {
        var reader = new ProfileReader();
        var profile = reader.Profile(definition, path);
        return reader._faults.Count == 0 ? profile! : throw new FaultException(reader._faults);
    }

    private SandboxProfile? Profile(WorkflowDefinition definition, string path)
    {
        var root = definition.Root;
        if (root.Type != ActivityNames.Flowchart)
        {
            Refuse(root, $"the root is a {root.Type}: a sandbox YAML is a flowchart of pipelines and stages.");
            return null;
        }

        foreach (var twice in root.DescendantsAndSelf().GroupBy(n => n.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Refuse(twice.First(), "there are several activities of this id.");
        }

        if (_faults.Count > 0)
        {
            return null;
        }

        _nodes[StudioKeys.Root] = root;
        var layout = new ProfileFlow(root, Refuse).Steps().Select(AtRoot).OfType<LayoutItem>().ToList();
        var config = Config(definition, path);
        return _faults.Count == 0 ? new SandboxProfile(config, layout, _nodes) : null;
    }

    private SandboxConfig Config(WorkflowDefinition definition, string path)
    {
        if (_pipelines.Count == 0)
        {
            _pipelines[Anonymous] = [];
        }

        var config = ProfileSettings.Read(definition, path) with
        {
            Pipelines = [.. _pipelines.Select(p => new PipelineConfig(p.Key, InOrder(p.Value)))],
            IsSinglePipeline = !_hasPipelines,
        };
        foreach (var node in definition.Root.Activities ?? [])
        {
            config = node.Type switch
            {
                ActivityNames.CheckTargets => Targets(node, config),
                ActivityNames.NextIteration => Iteration(node, config),
                TriggerJson.StartType => Start(node, config),
                _ when TriggerJson.IsTrigger(node) => Trigger(node, config),
                _ => config,
            };
        }

        return config;
    }

    private static List<JobConfig> InOrder(IReadOnlyList<JobConfig> jobs)
    {
        var order = Stage.InOrder(jobs.Select(j => j.Stage)).ToList();
        return [.. jobs.OrderBy(j => order.IndexOf(j.Stage))];
    }

    private SandboxConfig Targets(ActivityNode node, SandboxConfig config)
    {
        Keep(StudioKeys.Targets, node);
        var inputs = new ProfileInputs(node, m => Refuse(node, m));
        var targets = inputs.Texts(ActivityNames.Targets) ?? [];
        if (targets.Count == 0)
        {
            Refuse(node, "it has no targets, and iter_targets without any is no YAML: name one, or remove the activity.");
        }

        return config with { IterTargets = targets, IterTargetsMode = inputs.Text(ActivityNames.Mode) ?? config.IterTargetsMode };
    }

    private SandboxConfig Iteration(ActivityNode node, SandboxConfig config)
    {
        Keep(StudioKeys.Iteration, node);
        var inputs = new ProfileInputs(node, m => Refuse(node, m));
        return config with
        {
            MaxIterNum = inputs.Whole(ActivityNames.MaxIterations, 0) ?? 1,
            IterUpdater = ProfileJobs.Texts(inputs.Map(ActivityNames.Updater)),
        };
    }

    private SandboxConfig Start(ActivityNode node, SandboxConfig config)
    {
        Keep(StudioKeys.Start, node);
        return config;
    }

    private SandboxConfig Trigger(ActivityNode node, SandboxConfig config)
    {
        Keep(StudioKeys.Trigger(config.Triggers.Count), node);
        return config with { Triggers = [.. config.Triggers, TriggerJson.Read(node, m => Refuse(node, m))] };
    }

    private LayoutItem? AtRoot(ActivityNode node)
    {
        if (Role(node) != ActivityNames.PipelineRole)
        {
            return InPipeline(node, Anonymous);
        }

        _hasPipelines = true;
        var name = node.Name ?? Anonymous;
        if (name.Length == 0)
        {
            Refuse(node, "the pipeline has no name: give the sequence one.");
        }

        _pipelines.TryAdd(name, []);
        var key = KeepSequence(StudioKeys.Pipeline(name), node);
        return new LayoutItem(key, [.. node.Activities!.Select(child => InPipeline(child, name)).OfType<LayoutItem>()]);
    }

    private LayoutItem? InPipeline(ActivityNode node, string pipeline)
    {
        if (Role(node) is not { } role || !role.StartsWith(ActivityNames.StageRole, StringComparison.Ordinal))
        {
            return Job(node, pipeline, Stage.Execute);
        }

        var named = role[ActivityNames.StageRole.Length..];
        if (!Stage.IsName(named))
        {
            Refuse(node, $"\"{named}\" cannot be the name of a stage: it is made of small letters, digits and _.{Suggestion.For(named, Stage.BuiltIn.Select(s => s.ShortName))}");
            return null;
        }

        var stage = Stage.Named(named);
        _pipelines.TryAdd(pipeline, []);
        var key = KeepSequence(StudioKeys.StageOf(pipeline, stage), node);
        return new LayoutItem(key, [.. node.Activities!.Select(child => Job(child, pipeline, stage)).OfType<LayoutItem>()]);
    }

    private LayoutItem? Job(ActivityNode node, string pipeline, Stage stage)
    {
        if (ActivityNames.HookOf(node.Type) is not { } hook)
        {
            foreach (var inner in node.DescendantsAndSelf().Where(n => ActivityNames.HookOf(n.Type) is null))
            {
                Refuse(inner, ProfileFlow.WhyNot(inner));
            }

            return null;
        }

        _pipelines.TryAdd(pipeline, []);
        var index = _pipelines[pipeline].Count(j => j.Stage == stage);
        _pipelines[pipeline].Add(ProfileJobs.Read(node, hook, stage, index, m => Refuse(node, m)));
        var key = StudioKeys.Job(pipeline, stage, index);
        Keep(key, node);
        return new LayoutItem(key, null);
    }

    private string KeepSequence(string key, ActivityNode node)
    {
        var number = _sequences[key] = _sequences.GetValueOrDefault(key) + 1;
        var kept = StudioKeys.Nth(key, number);
        Keep(kept, node);
        return kept;
    }

    private void Keep(string key, ActivityNode node) => _nodes[key] = node;

    private void Refuse(ActivityNode node, string why) =>
        _faults.Add(new Fault(null, $"activity {node.Id}{(node.Name is { Length: > 0 } name ? $" ({name})" : string.Empty)}: {why}"));

    private static string? Role(ActivityNode node) =>
        node.Type == ActivityNames.Sequence && node.CustomProperties[ActivityNames.Role] is JsonValue role ? role.ToString() : null;
}
