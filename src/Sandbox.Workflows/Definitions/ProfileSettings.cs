using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Reads the settings that belong to no activity back from a definition.</summary>
internal static class ProfileSettings
{
    /// <summary>A config of the definition's settings, without pipelines.</summary>
    public static SandboxConfig Read(WorkflowDefinition definition, string path)
    {
        var config = new SandboxConfig { Path = path, Pipelines = [] };
        if (definition.CustomProperties[ActivityNames.Settings] is not JsonObject settings)
        {
            return config;
        }

        return config with
        {
            ProjectName = Text(settings, "project_name") ?? config.ProjectName,
            ExperimentName = Text(settings, "experiment_name") ?? config.ExperimentName,
            WorkDir = Text(settings, "work_dir") ?? config.WorkDir,
            Resume = settings["resume"]?.GetValueKind() == JsonValueKind.True,
            Debug = settings["debug"]?.GetValueKind() == JsonValueKind.True,
            Cache = settings["cache"]?.GetValueKind() == JsonValueKind.True,
            Watchers = settings[ActivityNames.Watchers] is JsonArray watchers ? [.. watchers.Select(w => new WatcherEntry(w?.DeepClone(), null))] : [],
            Hpo = settings["hpo_config"] switch
            {
                JsonObject sweep => new ConfigReference(null, (JsonObject)sweep.DeepClone()),
                JsonValue => new ConfigReference(Text(settings, "hpo_config"), null),
                _ => null,
            },
        };
    }

    private static string? Text(JsonObject settings, string name) => settings[name]?.ToString() is { Length: > 0 } text ? text : null;
}
