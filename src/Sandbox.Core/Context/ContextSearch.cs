using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>What a look-up gave.</summary>
/// <param name="Job">The job that recorded the value; null where nothing was found.</param>
/// <param name="Value">The value; null may also be what was recorded.</param>
/// <param name="Reason">Why there is nothing, with what there is instead; null where it was found.</param>
public sealed record ContextLookup(JobContext? Job, JsonNode? Value, string? Reason)
{
    /// <summary>Whether a value was found.</summary>
    public bool Found => Reason is null;

    internal static ContextLookup Miss(string reason) => new(null, null, reason);
}

/// <summary>Look-ups by dotted keys. Names may hold dots themselves: the longest that fits is tried first.</summary>
internal static class ContextSearch
{
    private const string Previous = "-1";
    private const string AnonymousMetaName = "anonymous_meta_name";

    public static ContextLookup Find(IterationContext context, string key, JobContext? previous)
    {
        if (key == Previous || key.StartsWith(Previous + ".", StringComparison.Ordinal))
        {
            return FindPrevious(key, previous);
        }

        var pipelines = Matches(context.Pipelines, p => p.Name, key);
        if (pipelines.Count == 0)
        {
            return ContextLookup.Miss(NoPipeline(context, key));
        }

        var (pipeline, rest) = pipelines[0];
        return rest.Length == 0
            ? ContextLookup.Miss($"\"{key}\" names a pipeline only: write <pipeline>.<meta_name>.<output>.")
            : FindJob(pipeline, rest, key);
    }

    private static ContextLookup FindPrevious(string key, JobContext? previous)
    {
        if (key.Length <= Previous.Length + 1)
        {
            return ContextLookup.Miss($"\"{key}\" names no output: write -1.<output>.");
        }

        return previous is null
            ? ContextLookup.Miss($"\"{key}\" means the job before, but no job ran before this one in this iteration.")
            : FindOutput(previous, key[(Previous.Length + 1)..], "the job before");
    }

    private static ContextLookup FindJob(PipelineContext pipeline, string rest, string key)
    {
        var jobs = Matches(pipeline.Jobs, j => j.MetaName ?? AnonymousMetaName, rest);
        if (jobs.Count == 0)
        {
            var name = FirstPart(rest);
            var names = pipeline.Jobs.Select(j => j.MetaName ?? AnonymousMetaName).Distinct(StringComparer.Ordinal).ToList();
            return ContextLookup.Miss(
                $"pipeline \"{pipeline.Name}\" has no finished job \"{name}\"; it has {List(names)}.{Suggestion.For(name, names)}");
        }

        var (job, output) = jobs[0];
        if (output.Length == 0)
        {
            return ContextLookup.Miss($"\"{key}\" names a job only: write <pipeline>.<meta_name>.<output>. It has {List(Names(job))}.");
        }

        var found = FindOutput(job, output, $"job \"{job.MetaName ?? AnonymousMetaName}\" of pipeline \"{pipeline.Name}\"");
        return !found.Found && jobs.Skip(1).Any(j => FindOutput(j.Item, j.Tail, string.Empty).Found)
            ? found with { Reason = $"{found.Reason} A later job has the same meta_name, and a look-up takes the first: give it a meta_name of its own." }
            : found;
    }

    private static ContextLookup FindOutput(JobContext job, string key, string who)
    {
        foreach (var (output, rest) in Matches(job.Outputs, o => o.Name, key).Concat(Matches(job.Outputs, Alias, key)))
        {
            if (rest.Length == 0)
            {
                return new ContextLookup(job, output.Value, null);
            }

            if (TryDescend(output.Value, rest, out var value))
            {
                return new ContextLookup(job, value, null);
            }
        }

        var names = Names(job);
        return ContextLookup.Miss(job.Outputs.Count == 0
            ? $"{who} recorded no output, so there is no \"{key}\"."
            : $"{who} has no output \"{key}\"; it has {List(names)}.{Suggestion.For(FirstPart(key), names)}");
    }

    private static bool TryDescend(JsonNode? node, string key, out JsonNode? value)
    {
        if (node is JsonArray list)
        {
            var part = FirstPart(key);
            value = null;
            return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count
                && TryRest(list[index], part.Length == key.Length ? string.Empty : key[(part.Length + 1)..], out value);
        }

        if (node is JsonObject map)
        {
            foreach (var (entry, rest) in Matches([.. map], e => e.Key, key))
            {
                if (TryRest(entry.Value, rest, out value))
                {
                    return true;
                }
            }
        }

        value = null;
        return false;
    }

    private static bool TryRest(JsonNode? node, string rest, out JsonNode? value)
    {
        value = node;
        return rest.Length == 0 || TryDescend(node, rest, out value);
    }

    private static List<(T Item, string Tail)> Matches<T>(IReadOnlyList<T> items, Func<T, string> name, string key) =>
        [.. items
            .Select(item => (Item: item, Name: name(item)))
            .Where(i => i.Name.Length > 0 && (key == i.Name || key.StartsWith(i.Name + ".", StringComparison.Ordinal)))
            .OrderByDescending(i => i.Name.Length)
            .Select(i => (i.Item, key.Length == i.Name.Length ? string.Empty : key[(i.Name.Length + 1)..]))];

    // The documentation calls unnamed results res_1, res_2 …; the program writes "0", "1" ….
    private static string Alias(JobOutput output)
    {
        if (int.TryParse(output.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return string.Create(CultureInfo.InvariantCulture, $"res_{index + 1L}");
        }

        return output.Name.StartsWith("res_", StringComparison.Ordinal)
            && int.TryParse(output.Name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (number - 1).ToString(CultureInfo.InvariantCulture)
            : string.Empty;
    }

    private static string NoPipeline(IterationContext context, string key)
    {
        var name = FirstPart(key);
        var names = context.Pipelines.Select(p => p.Name).ToList();
        return names.Count == 0
            ? $"there is no pipeline \"{name}\": nothing was recorded yet in iteration {context.Number.ToString(CultureInfo.InvariantCulture)}."
            : $"there is no pipeline \"{name}\"; there is {List(names)}.{Suggestion.For(name, names)}";
    }

    private static List<string> Names(JobContext job) => [.. job.Outputs.Select(o => o.Name)];

    private static string FirstPart(string key) => key.Split('.', 2)[0];

    private static string List(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
