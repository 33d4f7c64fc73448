using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Hooks;
using Sandbox.Engine;

namespace Sandbox.Workflows.Compilation;

/// <summary>Builds the flowchart of a config: its sequences and hook activities, the iteration, and what connects them.</summary>
internal sealed class FlowchartBuilder(SandboxConfig config, StudioEdits edits)
{
    private const string RootId = "flowchart";
    private const double ColumnWidth = 320;
    private const double RowHeight = 110;

    private readonly Dictionary<string, JobConfig> _jobs = config.Pipelines
        .SelectMany(p => p.Jobs.Select(j => KeyValuePair.Create(StudioKeys.Job(p.Name, j.Stage, j.Index), j)))
        .ToDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _pipelines = config.Pipelines
        .ToDictionary(p => StudioKeys.Pipeline(p.Name), p => p.Name, StringComparer.Ordinal);

    /// <summary>Ids of the activities right in the flowchart, by key.</summary>
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public JsonObject Build()
    {
        var nodes = edits.Layout(config)
            .Select((item, place) => (item.Key, Node: Node(item, place, inFlowchart: true))).ToList();
        var steps = nodes.ConvertAll(n => n.Key);
        nodes.AddRange(Iteration(nodes.Count * ColumnWidth));
        nodes.AddRange(Triggers());
        foreach (var (key, node) in nodes)
        {
            edits.ApplyTo(key, node);
            _ids[key] = node["id"]!.ToString();
        }

        var root = ActivityJson.Activity(ActivityNames.Flowchart, RootId, config.ExperimentName, 0, 0);
        root["activities"] = new JsonArray([.. edits.Ordered(nodes)]);
        root["variables"] = new JsonArray();
        root["connections"] = edits.Connections(FlowEdges.Of(steps, _ids.ContainsKey), _ids);
        edits.ApplyTo(StudioKeys.Root, root);
        return root;
    }

    private IEnumerable<(string Key, JsonObject Node)> Iteration(double x)
    {
        if (config.IterTargets.Count > 0)
        {
            var check = ActivityJson.Activity(ActivityNames.CheckTargets, Id(ActivityNames.CheckTargets), "Check targets", x, 0);
            check[ActivityNames.Targets] = ActivityJson.Literal(
                "String", YamlText.Write(new JsonArray([.. config.IterTargets.Select(t => (JsonNode?)t)])));
            check[ActivityNames.Mode] = ActivityJson.Literal("String", config.IterTargetsMode);
            yield return (StudioKeys.Targets, check);
        }

        if (edits.Iterates(config))
        {
            yield return (StudioKeys.Iteration, NextIteration(x, RowHeight * 2));
        }
    }

    // They stand before the first step. Started by hand, the workflow begins at its start and waits for none of them.
    private IEnumerable<(string Key, JsonObject Node)> Triggers()
    {
        if (config.Triggers.Count == 0)
        {
            yield break;
        }

        yield return (StudioKeys.Start, ActivityJson.Activity(TriggerJson.StartType, Id(TriggerJson.StartType), "Start", -ColumnWidth, 0));
        for (var i = 0; i < config.Triggers.Count; i++)
        {
            var id = Id("trigger", FormattableString.Invariant($"{i}"));
            yield return (StudioKeys.Trigger(i), TriggerJson.Build(config.Triggers[i], id, -ColumnWidth, (i + 1) * RowHeight));
        }
    }

    private JsonObject NextIteration(double x, double y)
    {
        var next = ActivityJson.Activity(ActivityNames.NextIteration, Id(ActivityNames.NextIteration), "Next iteration", x, y);
        var updater = new JsonObject();
        foreach (var (from, to) in config.IterUpdater)
        {
            updater[from] = to;
        }

        next[ActivityNames.MaxIterations] = ActivityJson.Literal("Int32", config.MaxIterNum);
        next[ActivityNames.Updater] = ActivityJson.Literal("String", YamlText.Write(updater));
        next[ActivityNames.IterationVariable] = ActivityJson.Output("Int32", ActivityNames.IterationVariable);
        next[ActivityNames.UpdatesVariable] = ActivityJson.Output("Object", ActivityNames.UpdatesVariable);
        return next;
    }

    private JsonObject Node(LayoutItem item, int place, bool inFlowchart)
    {
        var (x, y) = inFlowchart ? (place * ColumnWidth, 0.0) : (0.0, place * RowHeight);
        return item.Items is null ? Job(item.Key, x, y) : Sequence(item, x, y);
    }

    private JsonObject Job(string key, double x, double y)
    {
        var (owner, stage) = Owner(key);
        var job = _jobs[key];
        return JobActivityJson.Build(job, Id(owner, stage!, FormattableString.Invariant($"{job.Index}")), x, y);
    }

    private JsonObject Sequence(LayoutItem item, double x, double y)
    {
        var (owner, stage) = Owner(StudioKeys.WithoutNumber(item.Key));
        string[] number = item.Key.Contains('+', StringComparison.Ordinal) ? [item.Key] : [];
        var sequence = ActivityJson.Activity(
            ActivityNames.Sequence,
            stage is null ? Id([owner, .. number]) : Id([owner, stage, .. number]),
            stage is null ? owner : Stage.Named(stage).Title,
            x,
            y,
            240);
        sequence["customProperties"]![ActivityNames.Role] =
            stage is null ? ActivityNames.PipelineRole : ActivityNames.StageRole + stage;
        sequence["activities"] = new JsonArray([.. item.Items!.Select((inner, row) => Inside(inner, row))]);
        sequence["variables"] = new JsonArray();
        return sequence;
    }

    private JsonObject Inside(LayoutItem item, int row)
    {
        var node = Node(item, row, inFlowchart: false);
        edits.ApplyTo(item.Key, node);
        return node;
    }

    // The stages of a single pipeline stand right in the flowchart.
    private (string Owner, string? Stage) Owner(string key)
    {
        var parts = key.Split('/');
        var pipeline = _pipelines.GetValueOrDefault(parts[0], parts[0]);
        return (config.IsSinglePipeline && parts.Length > 1 ? RootId : pipeline, parts.Length > 1 ? parts[1] : null);
    }

    private static string Id(params string[] parts) => EngineIds.From(string.Join('\n', parts));
}
