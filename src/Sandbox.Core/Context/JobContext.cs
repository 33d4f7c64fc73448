using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Context;

/// <summary>One result of a job.</summary>
/// <param name="Name">The name from <c>output</c>; <c>0</c>, <c>1</c> … where it gives none.</param>
/// <param name="Value">The value.</param>
public sealed record JobOutput(string Name, JsonNode? Value);

/// <summary>What one job recorded.</summary>
/// <param name="MetaName">The job's <c>meta_name</c>, or null. It need not be unique.</param>
/// <param name="Outputs">The results in order; names are unique and none is <c>meta_name</c>.</param>
public sealed record JobContext(string? MetaName, IReadOnlyList<JobOutput> Outputs)
{
    /// <summary>The key that upstream's file keeps for the meta name: no output can have it.</summary>
    public const string MetaNameKey = "meta_name";

    /// <summary>The job that recorded it; null for one read from a file. Not written to files.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// Records results as upstream does: a job that gives one list of one element records that element; results without
    /// a name are called by their index. Fewer names than results is fine.
    /// </summary>
    /// <param name="metaName">The job's meta name, or null.</param>
    /// <param name="names">The job's <c>output</c>, or null.</param>
    /// <param name="result">What the hook gave.</param>
    /// <param name="jobId">The job.</param>
    /// <exception cref="JobFailedException">More names than results, a name twice, or a reserved name.</exception>
    public static JobContext Record(string? metaName, IReadOnlyList<string>? names, HookResult result, string? jobId = null)
    {
        IReadOnlyList<JsonNode?> values = result.Values is [JsonArray { Count: 1 } single] ? [single[0]] : result.Values;
        names ??= [];
        CheckNames(names, values.Count);
        var outputs = values.Select((value, i) => new JobOutput(
            i < names.Count ? names[i] : i.ToString(CultureInfo.InvariantCulture), value?.DeepClone()));
        return new JobContext(metaName, [.. outputs]) { JobId = jobId };
    }

    /// <summary>The outputs as an object, in order.</summary>
    public JsonObject ToJson() =>
        new(Outputs.Select(o => KeyValuePair.Create(o.Name, o.Value?.DeepClone())));

    private static void CheckNames(IReadOnlyList<string> names, int results)
    {
        var shown = string.Join(", ", names);
        if (names.Count > results)
        {
            throw new JobFailedException(
                $"output names {names.Count} results ({shown}), but the hook gave {results}: take the names away that have no result.");
        }

        if (names.Contains(MetaNameKey, StringComparer.Ordinal))
        {
            throw new JobFailedException($"output cannot use the name \"{MetaNameKey}\": the context infos keep it for the job. Choose another.");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw new JobFailedException($"output names a result twice ({shown}): give every result a name of its own.");
        }
    }
}
