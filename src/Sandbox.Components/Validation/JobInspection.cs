using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Validation;

/// <summary>A job as its config stands before anything runs.</summary>
/// <param name="Hook">Name of the hook.</param>
/// <param name="DjConfigs"><c>dj_configs</c> after <c>local</c>, or null where it is empty or not known yet.</param>
/// <param name="ExtraConfigs"><c>extra_configs</c> after <c>local</c>, or null where it is empty or not known yet.</param>
public sealed record JobToInspect(string Hook, JsonObject? DjConfigs, JsonObject? ExtraConfigs)
{
    /// <summary>Dotted keys that <c>input</c> (or an iteration) replaces, as <c>extra_configs.dataset_path</c> or
    /// <c>dj_configs</c> for the whole: what stands there, or is missing there, is no fault.</summary>
    public IReadOnlyCollection<string> Replaced { get; init; } = [];
}

/// <summary>A path that a job reads or writes.</summary>
/// <param name="Key">Dotted key, as <c>extra_configs.train_dataset</c>.</param>
/// <param name="Path">The path as written; where a job writes, the files below it are meant too, and <c>iter_N</c> may
/// come to it.</param>
/// <param name="Access">Read or written.</param>
public sealed record DeclaredPath(string Key, string Path, PathAccess Access);

/// <summary>What is known of a job before it runs.</summary>
/// <param name="Faults">All that is wrong; keys are dotted and begin with <c>hook</c>, <c>dj_configs</c> or
/// <c>extra_configs</c>, items of lists have <c>[index]</c>.</param>
/// <param name="Paths">The paths that the config names and no input replaces.</param>
/// <param name="Results">How many results the job gives; null where it depends on the data or is not known.</param>
public sealed record JobInspection(
    IReadOnlyList<OptionFault> Faults, IReadOnlyList<DeclaredPath> Paths, int? Results)
{
    /// <summary>The names of the results, where the options name them; else null.</summary>
    public IReadOnlyList<string>? ResultNames { get; init; }

    /// <summary>The context infos that placeholders stand for, with the dotted key of their option.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> References { get; init; } = [];
}
