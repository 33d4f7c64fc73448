using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Engine;

namespace Sandbox.Workflows.Compilation;

/// <summary>
/// Compiles a sandbox config into an Elsa 3.8 workflow definition. The same config gives the same definition, ids and
/// positions included. What <c>studio</c> says of it is applied last.
/// </summary>
public static class WorkflowCompiler
{
    /// <summary>The definition in Elsa's JSON form, without version, dates and flags of publication.</summary>
    public static JsonObject Compile(SandboxConfig config) => Compile(config, config.Studio);

    /// <summary>The id under which all versions of a config are kept: from its names and its path.</summary>
    public static string DefinitionId(SandboxConfig config) =>
        EngineIds.From(string.Join('\n', config.ProjectName, config.ExperimentName, config.Path));

    /// <summary>What the description of a compiled workflow says.</summary>
    internal static string Description(SandboxConfig config) => $"Compiled from {config.Path}";

    /// <summary>The definition with other edits than those of the config.</summary>
    internal static JsonObject Compile(SandboxConfig config, JsonObject? studio)
    {
        var edits = new StudioEdits(studio);
        var definition = new JsonObject
        {
            ["definitionId"] = DefinitionId(config),
            ["name"] = $"{config.ProjectName} / {config.ExperimentName}",
            ["description"] = Description(config),
            ["toolVersion"] = "3.8.2",
            ["variables"] = Variables(config, edits),
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
        };
        edits.ApplyToWorkflow(definition);
        definition["root"] = new FlowchartBuilder(config, edits).Build();
        return definition;
    }

    private static JsonArray Variables(SandboxConfig config, StudioEdits edits)
    {
        var variables = new JsonArray(ActivityJson.Variable(ActivityNames.IterationVariable, "Int32", "1"));
        if (edits.Iterates(config))
        {
            variables.Add(ActivityJson.Variable(ActivityNames.UpdatesVariable, "Object", null));
        }

        return variables;
    }

    private static JsonObject Settings(SandboxConfig config)
    {
        var settings = new JsonObject
        {
            ["project_name"] = config.ProjectName,
            ["experiment_name"] = config.ExperimentName,
            ["work_dir"] = config.WorkDir,
            ["resume"] = config.Resume,
            ["debug"] = config.Debug,
        };
        if (config.Cache)
        {
            settings["cache"] = true;
        }

        if (config.Hpo is { } sweep)
        {
            settings["hpo_config"] = sweep.Path is { } path ? path : sweep.Value?.DeepClone();
        }

        if (config.Watchers.Count > 0)
        {
            settings[ActivityNames.Watchers] = new JsonArray([.. config.Watchers.Select(w => w.Value?.DeepClone())]);
        }

        return settings;
    }

    // Job files are left out: what they hold stands in the activities.
    private static JsonArray Files(SandboxConfig config)
    {
        var jobFiles = config.Pipelines.SelectMany(p => p.Jobs).Select(j => j.JobFile).ToHashSet(StringComparer.Ordinal);
        return [.. config.Files
            .Where(f => !jobFiles.Contains(f.Path))
            .Select(f => new JsonObject { ["path"] = f.Path, ["sha256"] = f.Sha256 })];
    }
}
