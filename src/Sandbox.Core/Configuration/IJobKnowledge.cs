using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration;

/// <summary>What a host knows of the jobs that it can run; the loader checks a config against it.</summary>
public interface IJobKnowledge
{
    /// <summary>All hooks.</summary>
    IReadOnlyCollection<HookDescriptor> Hooks { get; }

    /// <summary>The stages in the order in which they run.</summary>
    IReadOnlyList<Stage> Stages => Stage.BuiltIn;

    /// <summary>Checks a job's configs, without running anything and without looking at data.</summary>
    JobReport Inspect(JobInspection job);
}

/// <summary>A job to check. The mappings must not be changed.</summary>
public sealed record JobInspection
{
    /// <summary>Name of the hook; one of <see cref="IJobKnowledge.Hooks"/>.</summary>
    public required string Hook { get; init; }

    /// <summary>Stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The recipe with <c>local</c> applied; null where there is none or it is not known yet.</summary>
    public JsonObject? DjConfigs { get; init; }

    /// <summary>The other options with <c>local</c> applied; null where there are none or they are not known yet.</summary>
    public JsonObject? ExtraConfigs { get; init; }

    /// <summary>Whether the recipe as a whole comes from an earlier job, so that nothing can be said of it.</summary>
    public bool DjConfigsPending { get; init; }

    /// <summary>Whether the other options as a whole come from an earlier job.</summary>
    public bool ExtraConfigsPending { get; init; }

    /// <summary>The dotted keys that <c>input</c> sets (<c>extra_configs.dataset_path</c>): given, and of a value that is
    /// not known yet; what the configs hold there is a placeholder.</summary>
    public IReadOnlySet<string> InputKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>What is known of a job.</summary>
/// <param name="Faults">What is wrong; keys start with <c>dj_configs</c> or <c>extra_configs</c>, a number leads into a
/// list (<c>dj_configs.process.3.text_length_filter.min_len</c>).</param>
/// <param name="Paths">Every path that the job reads or writes.</param>
/// <param name="Results">How many results the job gives; null where it depends.</param>
public sealed record JobReport(IReadOnlyList<OptionFault> Faults, IReadOnlyList<JobPath> Paths, int? Results)
{
    /// <summary>Findings that do not stop the run.</summary>
    public IReadOnlyList<OptionFault> Warnings { get; init; } = [];

    /// <summary>The names of the results that the options name, from which <c>output</c> picks; null where they name none.</summary>
    public IReadOnlyList<string>? ResultNames { get; init; }

    /// <summary>The context infos that placeholders of the options stand for.</summary>
    public IReadOnlyList<JobReference> References { get; init; } = [];
}

/// <summary>A context info that a placeholder stands for.</summary>
/// <param name="Key">Dotted key of the option, as in <c>extra_configs.command.3</c>.</param>
/// <param name="Reference">The context info, as written: <c>[pipeline.]meta_name.key</c>.</param>
public sealed record JobReference(string Key, string Reference);

/// <summary>A path in a job's configs.</summary>
/// <param name="Key">Dotted key, as in <c>extra_configs.dataset_path</c>, with <c>.0</c> … for items of a list.</param>
/// <param name="Path">The path as configured, without <c>iter_N</c>.</param>
/// <param name="Access">Read or written.</param>
public sealed record JobPath(string Key, string Path, PathAccess Access);
