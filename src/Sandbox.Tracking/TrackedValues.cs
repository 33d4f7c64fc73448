using System.Text.Json.Nodes;
using Sandbox.Core.Tracking;

namespace Sandbox.Tracking;

/// <summary>One value of a metric in the store.</summary>
/// <param name="Sequence">Place in the order of recording, over all runs.</param>
/// <param name="RunId">The run.</param>
/// <param name="JobId">The job, or null.</param>
/// <param name="Attempt">The job's attempt, or null.</param>
/// <param name="Metric">Name, value, step, time, stream and byte offset.</param>
public sealed record TrackedMetric(long Sequence, string RunId, string? JobId, int? Attempt, Metric Metric);

/// <summary>A result that was watched, whole.</summary>
/// <param name="Sequence">Place in the order of recording, over all runs.</param>
/// <param name="RunId">The run.</param>
/// <param name="JobId">The job, or null.</param>
/// <param name="Attempt">The job's attempt, or null.</param>
/// <param name="MetaName">The name that it was watched under.</param>
/// <param name="Result">The result.</param>
/// <param name="Time">When it was watched.</param>
public sealed record WatchedResult(
    long Sequence, string RunId, string? JobId, int? Attempt, string MetaName, JsonNode? Result, DateTimeOffset Time);

/// <summary>Configs that were watched.</summary>
/// <param name="Sequence">Place in the order of recording, over all runs.</param>
/// <param name="RunId">The run.</param>
/// <param name="JobId">The job, or null.</param>
/// <param name="Prefix">The prefix that they were watched under.</param>
/// <param name="Configs">The configs.</param>
/// <param name="Time">When they were watched.</param>
public sealed record WatchedConfigs(
    long Sequence, string RunId, string? JobId, string Prefix, JsonNode? Configs, DateTimeOffset Time);

/// <summary>Which metrics to read.</summary>
/// <param name="RunId">The run.</param>
public sealed record MetricQuery(string RunId)
{
    /// <summary>Only metrics of this name; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Only metrics of this job; null for all, also those without a job.</summary>
    public string? JobId { get; init; }

    /// <summary>Also what attempts recorded that did not win.</summary>
    public bool AllAttempts { get; init; }
}
