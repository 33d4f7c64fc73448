using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Gives a definition of the sandbox profile back as the YAML that compiles to it.</summary>
public static class SandboxYaml
{
    /// <summary>The YAML. What it cannot say by the keys of a sandbox YAML – ids, places in the designer, names of
    /// activities, another order of stages – stands under <c>studio</c>, and only where it is not what the compiler writes
    /// anyway. Inputs of activities keep their values, not their formatting.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="path">Where the YAML will be, as it will be given to the compiler: the same path as before needs no
    /// definition id under <c>studio</c>. Null where that is not known.</param>
    /// <exception cref="FaultException">The definition is outside the profile; every activity without a YAML is named.</exception>
    public static string Export(WorkflowDefinition definition, string? path = null)
    {
        var profile = ProfileReader.Read(definition, path ?? string.Empty);
        var yaml = Settings(profile.Config);
        if (profile.Config.IsSinglePipeline)
        {
            AddStages(yaml, profile.Config.Pipelines[0]);
        }
        else
        {
            yaml["pipelines"] = new JsonArray([.. profile.Config.Pipelines.Select(Pipeline)]);
        }

        if (new StudioDifference(definition, profile).Find() is { } studio)
        {
            yaml[ConfigKeys.Studio] = studio;
        }

        return YamlText.Write(yaml);
    }

    private static JsonObject Settings(SandboxConfig config)
    {
        var defaults = new SandboxConfig { Path = string.Empty, Pipelines = [] };
        var yaml = new JsonObject
        {
            ["project_name"] = config.ProjectName,
            ["experiment_name"] = config.ExperimentName,
            ["work_dir"] = config.WorkDir,
        };
        Add(yaml, "resume", config.Resume ? true : null);
        Add(yaml, "debug", config.Debug ? true : null);
        Add(yaml, "cache", config.Cache ? true : null);
        Add(yaml, "hpo_config", Reference(config.Hpo));
        Add(yaml, ActivityNames.Watchers, config.Watchers.Count > 0 ? new JsonArray([.. config.Watchers.Select(w => w.Value?.DeepClone())]) : null);
        Add(yaml, "max_iter_num", config.MaxIterNum != defaults.MaxIterNum ? config.MaxIterNum : null);
        Add(yaml, "iter_targets", config.IterTargets.Count > 0 ? Texts(config.IterTargets) : null);
        Add(yaml, "iter_targets_mode", config.IterTargetsMode != defaults.IterTargetsMode ? config.IterTargetsMode : null);
        Add(yaml, ConfigKeys.Triggers, config.Triggers.Count == 0 ? null : new JsonArray(
            [.. config.Triggers.Select(t => new JsonObject { [t.Kind] = t.Settings.DeepClone() })]));
        Add(yaml, "iter_updater", Map(config.IterUpdater.Select(u => KeyValuePair.Create(u.Key, (JsonNode?)u.Value))));
        return yaml;
    }

    private static JsonObject Pipeline(PipelineConfig pipeline)
    {
        var stages = new JsonObject();
        AddStages(stages, pipeline);
        return new JsonObject { [pipeline.Name] = stages };
    }

    private static void AddStages(JsonObject yaml, PipelineConfig pipeline)
    {
        foreach (var stage in pipeline.Jobs.GroupBy(j => j.Stage))
        {
            yaml[stage.Key.ConfigKey] = new JsonArray([.. stage.Select(Job)]);
        }
    }

    private static JsonObject Job(JobConfig job)
    {
        var yaml = new JsonObject { ["hook"] = job.Hook };
        Add(yaml, "meta_name", job.MetaName);
        Add(yaml, "input", Map(job.Input.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))));
        Add(yaml, "local", Map(job.Local));
        Add(yaml, "output", job.Output is [var one] ? one : job.Output is { } several ? Texts(several) : null);
        Add(yaml, ConfigKeys.DjConfigs, Reference(job.DjConfigs));
        Add(yaml, ConfigKeys.ExtraConfigs, Reference(job.ExtraConfigs));
        if (job.Retry is { } retry)
        {
            yaml["retry"] = new JsonObject
            {
                ["max_attempts"] = retry.MaxAttempts,
                ["backoff"] = JobActivityJson.Duration(retry.Backoff),
            };
        }

        Add(yaml, "timeout", job.Timeout is { } timeout ? JobActivityJson.Duration(timeout) : null);
        Add(yaml, "resources", Map(job.Resources.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))));
        Add(yaml, "limits", Map(job.Limits.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))));
        return yaml;
    }

    private static JsonNode? Reference(ConfigReference? config) => config?.Path is { } path ? path : config?.Value?.DeepClone();

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)t)];

    private static JsonObject? Map(IEnumerable<KeyValuePair<string, JsonNode?>> pairs)
    {
        var map = new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return map.Count == 0 ? null : map;
    }

    private static void Add(JsonObject yaml, string key, JsonNode? value)
    {
        if (value is not null)
        {
            yaml[key] = value;
        }
    }
}
