using System.Text.Json.Nodes;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Data;

/// <summary>A job that processed data, with the recipe that it ran.</summary>
/// <param name="Job">The job.</param>
/// <param name="Recipe">The recipe as it was resolved; null where it was not recorded.</param>
/// <param name="Counts">What it counted: rows, and what each operator did.</param>
internal sealed record DataStep(JobView Job, JsonObject? Recipe, JsonObject Counts);

/// <summary>Finds the jobs of a run that processed data.</summary>
internal sealed class DataSteps(TrackingStore tracking)
{
    private const string Process = "process";

    public async Task<IReadOnlyList<DataStep>> OfAsync(RunView run, CancellationToken cancellationToken)
    {
        await tracking.EnsureReadyAsync(cancellationToken);
        var jobs = run.Jobs.DistinctBy(j => j.Id).ToDictionary(j => j.Id, StringComparer.Ordinal);
        var recipes = (await tracking.ConfigsAsync(run.Id, cancellationToken))
            .Where(c => c.JobId is not null && c.Configs?["dj_configs"] is JsonObject)
            .GroupBy(c => c.JobId!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Configs!["dj_configs"]!.AsObject(), StringComparer.Ordinal);
        return
        [
            .. (await tracking.ResultsAsync(run.Id, metaName: null, cancellationToken))
                .Where(r => r.JobId is not null && jobs.ContainsKey(r.JobId) && r.Result is JsonObject o && o["_type"]?.ToString() == Process)
                .Select(r => new DataStep(jobs[r.JobId!], recipes.GetValueOrDefault(r.JobId!), r.Result!.AsObject())),
        ];
    }

    /// <summary>The operators of a step in the order of its recipe, each with what it did.</summary>
    public static IEnumerable<JsonObject> Operators(DataStep step)
    {
        foreach (var (key, counts) in step.Counts["operators"] as JsonObject ?? [])
        {
            var (place, name) = key.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? (key[..at], key[(at + 1)..]) : ("0", key);
            var position = int.TryParse(place, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
            var described = new JsonObject { ["position"] = position, ["name"] = name, ["arguments"] = Arguments(step.Recipe, position) };
            foreach (var (count, value) in counts as JsonObject ?? [])
            {
                described[count] = value?.DeepClone();
            }

            yield return described;
        }
    }

    private static JsonNode? Arguments(JsonObject? recipe, int position) =>
        recipe?["process"] is JsonArray process && position < process.Count && process[position] is JsonObject { Count: 1 } entry
            ? entry.First().Value?.DeepClone()
            : null;
}
