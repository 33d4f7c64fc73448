using Sandbox.Core.Configuration;

namespace Sandbox.Core.Iteration;

/// <summary>An entry of <c>iter_updater</c>: a result of one iteration becomes a <c>local</c> setting of the next.</summary>
/// <param name="From">The result; where it is missing, nothing is updated.</param>
/// <param name="Pipeline">The pipeline to update.</param>
/// <param name="MetaName">The meta name to update; every job of that name is.</param>
/// <param name="LocalKey">The key in the job's config, starting with <c>dj_configs.</c> or <c>extra_configs.</c>.</param>
public sealed record IterationUpdate(ContextKey From, string Pipeline, string MetaName, string LocalKey)
{
    /// <summary>Reads the source of an update.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? ParseFrom(string text, out ContextKey? from) =>
        ContextKey.Parse(text, out from) is { } problem ? problem
        : from!.IsPrevious ? $"\"{text}\" cannot use -1 here: name pipeline, job and output."
        : null;

    /// <summary>Reads the goal of an update: <c>&lt;pipeline&gt;.&lt;meta_name&gt;.[extra_configs|dj_configs].&lt;key&gt;</c>,
    /// where the key may have dots.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? ParseTo(string text, out string pipeline, out string metaName, out string localKey)
    {
        var parts = text.Split('.');
        if (parts.Length < 4 || !ConfigKeys.IsJobConfig(parts[2]) || Array.Exists(parts, p => p.Length == 0))
        {
            (pipeline, metaName, localKey) = (string.Empty, string.Empty, string.Empty);
            return $"\"{text}\" cannot be updated: write <pipeline>.<meta_name>.dj_configs.<key> or <pipeline>.<meta_name>.extra_configs.<key>.";
        }

        (pipeline, metaName, localKey) = (parts[0], parts[1], string.Join('.', parts[2..]));
        return null;
    }

    /// <summary>Reads an update.</summary>
    /// <param name="from">Key in the context infos.</param>
    /// <param name="to">What is updated.</param>
    /// <param name="update">The update.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(string from, string to, out IterationUpdate? update)
    {
        update = null;
        if (ParseFrom(from, out var key) is { } unknown)
        {
            return unknown;
        }

        if (ParseTo(to, out var pipeline, out var metaName, out var localKey) is { } problem)
        {
            return problem;
        }

        update = new IterationUpdate(key!, pipeline, metaName, localKey);
        return null;
    }
}
