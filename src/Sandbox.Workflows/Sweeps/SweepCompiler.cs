using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Engine;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Compiles a config with <c>hpo_config</c>: a workflow of one activity, the sweep. What a trial does is compiled for
/// each trial, with its parameters in place.</summary>
internal static class SweepCompiler
{
    public static JsonObject Compile(SandboxConfig config)
    {
        var definition = WorkflowCompiler.Compile(config with { Studio = null });

        // All files, those of jobs too: a trial is compiled from them as they are now.
        definition["customProperties"]![ActivityNames.Files] = new JsonArray(
            [.. config.Files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["sha256"] = f.Sha256 })]);
        var sweep = ActivityJson.Activity(ActivityNames.Sweep, EngineIds.From(ActivityNames.Sweep), "Sweep", 0, 0);
        sweep[ActivityNames.SweepInput] = ActivityJson.Literal("String", YamlText.Write(config.Hpo!.Value!));
        var root = ActivityJson.Activity(ActivityNames.Flowchart, "flowchart", config.ExperimentName, 0, 0);
        root["activities"] = new JsonArray(sweep);
        root["variables"] = new JsonArray();
        root["connections"] = new JsonArray();
        definition["root"] = root;
        return definition;
    }

    /// <summary>The definition of one trial. All trials of a sweep are versions of one workflow, apart from the YAML's own.</summary>
    public static JsonObject CompileTrial(SandboxConfig config, string sweepId)
    {
        var definition = WorkflowCompiler.Compile(config);
        definition["definitionId"] = EngineIds.From($"{sweepId}\ntrials");
        definition["name"] = $"{config.ProjectName} / {config.ExperimentName}, trials";
        return definition;
    }
}
