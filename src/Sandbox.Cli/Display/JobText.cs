using System.Globalization;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Jobs in words.</summary>
internal static class JobText
{
    /// <summary>Pipeline, stage and name.</summary>
    public static string Place(JobView job)
    {
        var iteration = job.Iteration > 1 ? FormattableString.Invariant($"#{job.Iteration} ") : string.Empty;
        return $"{iteration}{job.Pipeline} / {job.Stage} / {Name(job)}";
    }

    /// <summary>Meta name, or hook and index.</summary>
    public static string Name(JobView job) => job.MetaName ?? FormattableString.Invariant($"{job.Hook}[{job.Index}]");

    /// <summary>How it ended.</summary>
    public static string End(JobView job) => job.State switch
    {
        RunStates.Finished => Origin(job) ?? $"finished{Took(job)}",
        RunStates.Pending => $"failed and will be tried again: {job.Failure}",
        RunStates.Failed => $"failed{Took(job)}: {job.Failure}",
        _ => job.State,
    };

    /// <summary>Where the result of a job is from that did not run, or null for one that did.</summary>
    public static string? Origin(JobView job) => job.Origin switch
    {
        "reused" => "reused: its earlier result still holds",
        "file" => "taken from context_infos.json",
        _ => null,
    };

    /// <summary>A metric in short: without the job's own name.</summary>
    public static string Metric(JobView job, string name, double value)
    {
        var prefix = job.MetaName + ".";
        var shortName = job.MetaName is not null && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        return string.Create(CultureInfo.InvariantCulture, $"{shortName} {value:G5}");
    }

    /// <summary>A duration in a short form.</summary>
    public static string Duration(TimeSpan span) => span.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s")
        : span.ToString(span.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Took(JobView job) =>
        job is { StartedAt: { } start, EndedAt: { } end } ? $" in {Duration(end - start)}" : string.Empty;
}
