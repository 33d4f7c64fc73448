using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Hooks;
using Sandbox.Engine;

namespace Sandbox.Workflows.Compilation;

/// <summary>
/// Compiles a sandbox config into an Elsa 3.8 workflow definition. The same config gives the same definition, ids and
/// positions included.
/// </summary>
public static class WorkflowCompiler
{
    private const string RootId = "flowchart";
    private const double ColumnWidth = 320;
    private const double RowHeight = 110;

    /// <summary>The definition in Elsa's JSON form, without version, dates and flags of publication.</summary>
    public static JsonObject Compile(SandboxConfig config)
    {
        var nodes = Nodes(config);
        var root = ActivityJson.Activity(ActivityNames.Flowchart, RootId, config.ExperimentName, 0, 0);
        root["activities"] = new JsonArray([.. nodes]);
        root["variables"] = new JsonArray();
        root["connections"] = Connections(config, [.. nodes.Select(n => n["id"]!.GetValue<string>())]);
        return new JsonObject
        {
            ["definitionId"] = DefinitionId(config),
            ["name"] = $"{config.ProjectName} / {config.ExperimentName}",
            ["description"] = $"Compiled from {config.Path}",
            ["toolVersion"] = "3.8.2",
            ["variables"] = Variables(config),
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject
            {
                [ActivityNames.Settings] = Settings(config),
                [ActivityNames.Files] = Files(config),
                [ActivityNames.Writer] = ActivityNames.Compiler,
            },
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["options"] = new JsonObject
            {
                ["autoUpdateConsumingWorkflows"] = false,
                ["incidentStrategyType"] = "FaultStrategy",
            },
            ["root"] = root,
        };
    }

    /// <summary>The id under which all versions of a config are kept: from its names and its path.</summary>
    public static string DefinitionId(SandboxConfig config) =>
        Id(config.ProjectName, config.ExperimentName, config.Path);

    private static bool Iterates(SandboxConfig config) => config.MaxIterNum != 1;

    private static List<JsonObject> Nodes(SandboxConfig config)
    {
        var nodes = config.IsSinglePipeline && config.Pipelines is [var only]
            ? StageSequences(only, RootId, inFlowchart: true)
            : [.. config.Pipelines.Select(PipelineSequence)];
        var x = nodes.Count * ColumnWidth;
        if (config.IterTargets.Count > 0)
        {
            var check = ActivityJson.Activity(ActivityNames.CheckTargets, Id(ActivityNames.CheckTargets), "Check targets", x, 0);
            check[ActivityNames.Targets] = ActivityJson.Literal(
                "String", YamlText.Write(new JsonArray([.. config.IterTargets.Select(t => (JsonNode?)t)])));
            check[ActivityNames.Mode] = ActivityJson.Literal("String", config.IterTargetsMode);
            nodes.Add(check);
        }

        if (Iterates(config))
        {
            nodes.Add(NextIteration(config, x, RowHeight * 2));
        }

        return nodes;
    }

    private static JsonObject NextIteration(SandboxConfig config, double x, double y)
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

    private static JsonObject PipelineSequence(PipelineConfig pipeline, int place)
    {
        var sequence = ActivityJson.Activity(
            ActivityNames.Sequence, Id(pipeline.Name), pipeline.Name, place * ColumnWidth, 0, 240);
        sequence["customProperties"]![ActivityNames.Role] = ActivityNames.PipelineRole;
        sequence["activities"] = new JsonArray([.. StageSequences(pipeline, pipeline.Name, inFlowchart: false)]);
        sequence["variables"] = new JsonArray();
        return sequence;
    }

    private static List<JsonObject> StageSequences(PipelineConfig pipeline, string owner, bool inFlowchart) =>
        [.. pipeline.Jobs.GroupBy(j => j.Stage).Select((jobs, place) =>
        {
            var stage = jobs.Key.ShortName();
            var sequence = ActivityJson.Activity(
                ActivityNames.Sequence,
                Id(owner, stage),
                Title(jobs.Key),
                inFlowchart ? place * ColumnWidth : 0,
                inFlowchart ? 0 : place * RowHeight,
                240);
            sequence["customProperties"]![ActivityNames.Role] = ActivityNames.StageRole + stage;
            sequence["activities"] = new JsonArray([.. jobs.Select((job, row) => JobActivityJson.Build(
                job, Id(owner, stage, FormattableString.Invariant($"{job.Index}")), row * RowHeight))]);
            sequence["variables"] = new JsonArray();
            return sequence;
        })];

    private static JsonArray Connections(SandboxConfig config, IReadOnlyList<string> ids)
    {
        var check = config.IterTargets.Count > 0 ? Id(ActivityNames.CheckTargets) : null;
        var next = Iterates(config) ? Id(ActivityNames.NextIteration) : null;
        var chain = ids.Where(id => id != next).ToList();
        var connections = chain.Zip(chain.Skip(1), (a, b) => ActivityJson.Connection(a, "Done", b)).ToList();
        if (next is not null && chain.Count > 0)
        {
            connections.Add(ActivityJson.Connection(chain[^1], check is null ? "Done" : ActivityNames.NotMet, next));
            connections.Add(ActivityJson.Connection(next, ActivityNames.Again, chain[0]));
        }

        return [.. connections];
    }

    private static JsonArray Variables(SandboxConfig config)
    {
        var variables = new JsonArray(ActivityJson.Variable(ActivityNames.IterationVariable, "Int32", "1"));
        if (Iterates(config))
        {
            variables.Add(ActivityJson.Variable(ActivityNames.UpdatesVariable, "Object", null));
        }

        return variables;
    }

    private static JsonObject Settings(SandboxConfig config) => new()
    {
        ["project_name"] = config.ProjectName,
        ["experiment_name"] = config.ExperimentName,
        ["work_dir"] = config.WorkDir,
        ["resume"] = config.Resume,
        ["debug"] = config.Debug,
    };

    // Job files are left out: what they hold stands in the activities.
    private static JsonArray Files(SandboxConfig config)
    {
        var jobFiles = config.Pipelines.SelectMany(p => p.Jobs).Select(j => j.JobFile).ToHashSet(StringComparer.Ordinal);
        return [.. config.Files
            .Where(f => !jobFiles.Contains(f.Path))
            .Select(f => new JsonObject { ["path"] = f.Path, ["sha256"] = f.Sha256 })];
    }

    private static string Title(Stage stage) => stage switch
    {
        Stage.Probe => "Probe",
        Stage.Refine => "Refine recipe",
        Stage.Execute => "Execute",
        _ => "Evaluate",
    };

    private static string Id(params string[] parts) => EngineIds.From(string.Join('\n', parts));
}
