using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Tracking;

namespace Sandbox.Core.Hooks;

/// <summary>Which job this is. A job is identified by pipeline, stage and index; its meta name need not be unique.</summary>
/// <param name="RunId">The run that the job belongs to.</param>
/// <param name="Pipeline">Name of the pipeline; <c>anonymous</c> for a config without <c>pipelines</c>.</param>
/// <param name="Stage">Stage.</param>
/// <param name="Index">Place in the stage's list, from 0.</param>
/// <param name="MetaName">The job's <c>meta_name</c>, or null.</param>
/// <param name="Iteration">Iteration, from 1.</param>
/// <param name="Attempt">Attempt, from 1.</param>
public sealed record JobIdentity(
    string RunId, string Pipeline, Stage Stage, int Index, string? MetaName, int Iteration, int Attempt)
{
    /// <summary>The meta name, or upstream's <c>anonymous_meta_name</c> where the config gives none.</summary>
    public string WatchName => MetaName ?? "anonymous_meta_name";
}

/// <summary>What a hook is given. Configs are resolved: <c>local</c> and <c>input</c> are applied and, as upstream does,
/// <c>iter_N</c> is added to <c>extra_configs.export_path</c>. <c>dj_configs</c> stays as written, since a recipe that is
/// refined is written again: a hook that runs the recipe adds <c>iter_N</c> to its <c>export_path</c> itself and, as
/// upstream, gives it as a full path. All paths are the user's; <see cref="Files"/> says which file stands behind one.</summary>
public sealed class HookContext
{
    /// <summary>Which job.</summary>
    public required JobIdentity Job { get; init; }

    /// <summary>The job's <c>dj_configs</c>, or null.</summary>
    public JsonObject? DjConfigs { get; init; }

    /// <summary>The job's <c>extra_configs</c>, or null.</summary>
    public JsonObject? ExtraConfigs { get; init; }

    /// <summary>What a component is given; shared by all components that the hook starts.</summary>
    public required ComponentContext Component { get; init; }

    /// <summary>Where results and metrics are watched.</summary>
    public IWatcher Watcher => Component.Watcher;

    /// <summary>Translates configured paths to files of this attempt.</summary>
    public IJobFiles Files => Component.Files;

    /// <summary>The job's log.</summary>
    public ILogger Logger => Component.Logger;
}

/// <summary>
/// The results of a hook, in order. Upstream's rules hold: a hook with one result gives one value; a list of one
/// element is recorded as its element; a hook without result gives none.
/// </summary>
/// <param name="Values">The results; a value is what JSON can say.</param>
public sealed record HookResult(IReadOnlyList<JsonNode?> Values)
{
    /// <summary>The names of the results, where the options name them; null where they have none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>No result.</summary>
    public static HookResult None { get; } = new([]);

    /// <summary>One result.</summary>
    public static HookResult One(JsonNode? value) => new([value]);

    /// <summary>The results that a job's <c>output</c> asks for, with their names: of named results those that it picks, of
    /// others all in order.</summary>
    /// <param name="output">The job's <c>output</c>, or null.</param>
    /// <exception cref="Faults.JobFailedException">A name that no result has.</exception>
    public (IReadOnlyList<string>? Names, HookResult Result) Pick(IReadOnlyList<string>? output)
    {
        if (Names is null || output is null)
        {
            return (Names ?? output, this);
        }

        var places = output.Select(name => Names.ToList().IndexOf(name)).ToList();
        return places.IndexOf(-1) is >= 0 and var missing
            ? throw new Faults.JobFailedException($"There is no output \"{output[missing]}\".{Faults.Suggestion.For(output[missing], Names)}")
            : (output, new HookResult([.. places.Select(p => Values[p])]));
    }
}

/// <summary>One kind of job. Free of engine types, so that any host can run it. Stateless: one instance serves all jobs.</summary>
public interface IHook
{
    /// <summary>What the hook is called and where it belongs.</summary>
    HookDescriptor Descriptor { get; }

    /// <summary>Runs the job once.</summary>
    /// <exception cref="Faults.JobFailedException">The job failed for a reason that the user can mend.</exception>
    Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken);
}

/// <summary>What is known of a hook without running it.</summary>
/// <param name="Name">The name in a YAML, as in <c>ProcessDataHook</c>.</param>
/// <param name="Stages">The stages where upstream's table lists it, the first its home.</param>
/// <param name="Factory">The component factory that <c>extra_configs.type</c> selects from, or null.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="UsesDjConfigs">Whether <c>dj_configs</c> (a Data-Juicer recipe) is needed.</param>
/// <param name="UsesExtraConfigs">Whether <c>extra_configs</c> is needed.</param>
/// <param name="DefaultResults">How many results it gives where no component says so.</param>
public sealed record HookDescriptor(
    string Name,
    IReadOnlyList<Stage> Stages,
    string? Factory,
    string Summary,
    bool UsesDjConfigs,
    bool UsesExtraConfigs,
    int DefaultResults = 1)
{
    /// <summary>The options that the hook reads from <c>extra_configs</c> itself; null where a component reads them.</summary>
    public Type? OptionsType { get; init; }

    /// <summary>Whether it needs what an earlier job of the same <c>meta_name</c> watched.</summary>
    public bool ReadsWatched { get; init; }

    /// <summary>The plugin that brought the hook; null for the sandbox's own.</summary>
    public string? Origin { get; init; }
}

/// <summary>The hooks that a host offers, by name.</summary>
public sealed class HookRegistry
{
    private readonly Dictionary<string, IHook> _hooks;

    /// <summary>A registry of the hooks given; names must be unique.</summary>
    public HookRegistry(IEnumerable<IHook> hooks) =>
        _hooks = hooks.ToDictionary(h => h.Descriptor.Name, StringComparer.Ordinal);

    /// <summary>All descriptors, in the order of registration.</summary>
    public IReadOnlyCollection<HookDescriptor> Descriptors => [.. _hooks.Values.Select(h => h.Descriptor)];

    /// <summary>The hook of that name, or null.</summary>
    public IHook? Find(string name) => _hooks.GetValueOrDefault(name);
}
