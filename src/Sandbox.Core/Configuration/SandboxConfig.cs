using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration;

/// <summary>A sandbox YAML, read and checked. What the user wrote is kept: a config given as a path stays a path.</summary>
public sealed record SandboxConfig
{
    /// <summary>Path of the YAML as given.</summary>
    public required string Path { get; init; }

    /// <summary><c>project_name</c>.</summary>
    public string ProjectName { get; init; } = "hello_world";

    /// <summary><c>experiment_name</c>.</summary>
    public string ExperimentName { get; init; } = "experiment1";

    /// <summary><c>work_dir</c>: where logs and <c>context_infos.json</c> go.</summary>
    public string WorkDir { get; init; } = "./outputs/hello_world";

    /// <summary><c>resume</c>: take up the newest unfinished run of this config.</summary>
    public bool Resume { get; init; }

    /// <summary><c>debug</c>: log more.</summary>
    public bool Debug { get; init; }

    /// <summary><c>cache</c>: take the results of jobs whose configuration and inputs are the same in an earlier run with
    /// <c>cache: true</c>, those of outside programs too.</summary>
    public bool Cache { get; init; }

    /// <summary><c>hpo_config</c>: a path, or the sweep itself; null without a sweep.</summary>
    public ConfigReference? Hpo { get; init; }

    /// <summary><c>watchers</c>: other tools that the run's figures are brought to.</summary>
    public IReadOnlyList<WatcherEntry> Watchers { get; init; } = [];

    /// <summary>The pipelines in file order.</summary>
    public required IReadOnlyList<PipelineConfig> Pipelines { get; init; }

    /// <summary>Whether the YAML has top-level job lists (one pipeline named <c>anonymous</c>) instead of <c>pipelines</c>.</summary>
    public bool IsSinglePipeline { get; init; }

    /// <summary><c>max_iter_num</c>: at most so many iterations; 0 means until the targets are met.</summary>
    public int MaxIterNum { get; init; } = 1;

    /// <summary><c>iter_targets</c>, as written.</summary>
    public IReadOnlyList<string> IterTargets { get; init; } = [];

    /// <summary><c>iter_targets_mode</c>: <c>all</c> or <c>any</c>.</summary>
    public string IterTargetsMode { get; init; } = "all";

    /// <summary><c>iter_updater</c>: from a key of the context infos to a key of a job's config, in file order.</summary>
    public IReadOnlyDictionary<string, string> IterUpdater { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>studio</c>: what a workflow that was edited in Studio has beyond the other keys; null without it.</summary>
    public JsonObject? Studio { get; init; }

    /// <summary><c>triggers</c>: what starts a run on a server, in file order.</summary>
    public IReadOnlyList<TriggerConfig> Triggers { get; init; } = [];

    /// <summary>The YAML itself, as it was when it was read, without command-line overrides.</summary>
    public ReferencedFile? Source { get; init; }

    /// <summary>The command-line overrides that were applied, as they came.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Every file that the config refers to and that was read: jobs, recipes, extra configs, the sweep. Together
    /// with <see cref="Source"/> they are what <see cref="Sandbox.Core.Configuration.Files.SnapshotConfigFiles"/> loads the same config from.</summary>
    public IReadOnlyList<ReferencedFile> Files { get; init; } = [];
}

/// <summary>An entry of <c>watchers</c>.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Location">Where it stands; null for one that was read from a workflow.</param>
public sealed record WatcherEntry(JsonNode? Value, SourceLocation? Location);

/// <summary>A file that a config refers to, as it was when the config was read.</summary>
/// <param name="Path">The path as written.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Content">The bytes as text.</param>
public sealed record ReferencedFile(string Path, string Sha256, string Content);

/// <summary>A pipeline: a name and its jobs.</summary>
/// <param name="Name">Unique within the config.</param>
/// <param name="Jobs">The jobs in the order in which they run: by stage, then by index.</param>
public sealed record PipelineConfig(string Name, IReadOnlyList<JobConfig> Jobs)
{
    /// <summary>Where the pipeline is declared.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>One job of a stage.</summary>
public sealed record JobConfig
{
    /// <summary>Stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Place in the stage's list, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Name of the hook.</summary>
    public required string Hook { get; init; }

    /// <summary><c>meta_name</c> or null.</summary>
    public string? MetaName { get; init; }

    /// <summary>The file that the job was read from, where the list names a path; else null.</summary>
    public string? JobFile { get; init; }

    /// <summary><c>dj_configs</c>; null where empty.</summary>
    public ConfigReference? DjConfigs { get; init; }

    /// <summary><c>extra_configs</c>; null where empty.</summary>
    public ConfigReference? ExtraConfigs { get; init; }

    /// <summary><c>input</c>: key to update → key in the context infos, in file order.</summary>
    public IReadOnlyDictionary<string, string> Input { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>output</c>: names of the results; null where the user gave none.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary><c>local</c>: key to update → value, in file order.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Local { get; init; } = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);

    /// <summary><c>retry</c>; null means one attempt.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary><c>timeout</c> of one attempt; null means none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary><c>resources</c>: how many slots of each kind an attempt needs, as <c>gpus: 1</c>.</summary>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary><c>limits</c>: <c>silence</c> and <c>memory</c> of the job's program, as written.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the job is declared.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>A job's <c>retry</c>.</summary>
/// <param name="MaxAttempts">Attempts in all, from 1.</param>
/// <param name="Backoff">Wait before the second attempt; it doubles from then on.</param>
public sealed record RetryOptions(int MaxAttempts, TimeSpan Backoff);

/// <summary>A config that may be given inline or as a path to YAML or JSON.</summary>
public sealed record ConfigReference
{
    private readonly Lazy<JsonObject?> _value;

    /// <summary>A config of that path or value.</summary>
    public ConfigReference(string? path, JsonObject? value)
        : this(path, new Lazy<JsonObject?>(value))
    {
    }

    private ConfigReference(string? path, Lazy<JsonObject?> value) => (Path, _value) = (path, value);

    /// <summary>The path as written, or null for an inline config.</summary>
    public string? Path { get; }

    /// <summary>The inline config; for a path what the file held when it was read, null where the file is yet to be
    /// written by an earlier job or an <c>input</c> replaces it.</summary>
    public JsonObject? Value => _value.Value;

    /// <summary>Where it stands.</summary>
    public SourceLocation? Location { get; init; }

    // A recipe that thousands of jobs name is turned into values only for those that are asked.
    internal static ConfigReference Read(string? path, ConfigMapping? tree, SourceLocation location) =>
        new(path, new Lazy<JsonObject?>(() => tree?.ToJson())) { Location = location };
}
