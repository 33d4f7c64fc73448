namespace Sandbox.Core.Configuration;

/// <summary>The keys of a sandbox YAML.</summary>
public static class ConfigKeys
{
    /// <summary>A job's recipe.</summary>
    public const string DjConfigs = "dj_configs";

    /// <summary>A job's other options.</summary>
    public const string ExtraConfigs = "extra_configs";

    /// <summary>What a workflow that was edited in Studio has beyond the other keys; <c>sandbox export</c> writes it.</summary>
    public const string Studio = "studio";

    /// <summary>What starts a run on a server.</summary>
    public const string Triggers = "triggers";

    /// <summary>Keys of a job.</summary>
    public static IReadOnlyList<string> Job { get; } =
        ["hook", "meta_name", DjConfigs, ExtraConfigs, "input", "output", "local", "retry", "timeout", "resources", "limits"];

    /// <summary>Keys of the file that are no job lists.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "project_name", "experiment_name", "work_dir", "resume", "debug", "cache", "hpo_config", "pipelines",
        "max_iter_num", "iter_targets", "iter_targets_mode", "iter_updater", "watchers", Triggers, Studio,
    ];

    /// <summary>Whether a key is one of the two configs of a job.</summary>
    public static bool IsJobConfig(string key) => key is DjConfigs or ExtraConfigs;
}
