using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>Turns the JSON of a context file into context infos and collects every fault.</summary>
internal sealed class ContextInfosReader(Func<JsonNode?, SourceLocation> locate)
{
    private const string Iter = "iter";
    private const string Pipelines = "pipeline_infos";
    private const string PipelineName = "pipeline_name";
    private const string Jobs = "job_infos";

    public List<Fault> Faults { get; } = [];

    public ContextInfos Read(JsonNode? root)
    {
        switch (root)
        {
            case JsonArray list:
                var iterations = list.Select((item, i) => ReadIteration(item, i + 1, list)).ToList();
                CheckTwice(iterations.GroupBy(i => i.Number), n => n.ToString(CultureInfo.InvariantCulture), "iteration", list);
                return new ContextInfos(iterations);
            case JsonObject map:
                return new ContextInfos([ReadIteration(map, 1, map)]);
            default:
                Add(root, "context infos are a list of iterations, or a mapping from pipelines to lists of jobs.");
                return ContextInfos.Empty;
        }
    }

    private IterationContext ReadIteration(JsonNode? node, int place, JsonNode parent)
    {
        if (node is not JsonObject map)
        {
            Add(node ?? parent, "an iteration must be a mapping.");
            return new IterationContext(place, []);
        }

        var pipelines = IsProgramForm(map)
            ? ReadList(map, Pipelines, ReadPipeline)
            : [.. map.Select(entry => new PipelineContext(entry.Key, ReadJobs(entry.Value, map)))];
        CheckTwice(pipelines.GroupBy(p => p.Name, StringComparer.Ordinal), n => $"\"{n}\"", "pipeline", map);
        return new IterationContext(IsProgramForm(map) ? ReadNumber(map) : place, pipelines);
    }

    private static bool IsProgramForm(JsonObject map) =>
        map.ContainsKey(Pipelines) || map[Iter]?.GetValueKind() == JsonValueKind.Number;

    private int ReadNumber(JsonObject map)
    {
        if (map[Iter] is JsonValue value && value.TryGetValue<int>(out var number) && number > 0)
        {
            return number;
        }

        Add(map[Iter] ?? map, $"\"{Iter}\" must be a whole number from 1.");
        return 1;
    }

    private PipelineContext ReadPipeline(JsonObject map)
    {
        var name = ReadText(map, PipelineName);
        if (name is null)
        {
            Add(map[PipelineName] ?? map, $"\"{PipelineName}\" must be a text.");
        }

        return new PipelineContext(name ?? string.Empty, ReadList(map, Jobs, ReadJob));
    }

    private List<JobContext> ReadJobs(JsonNode? node, JsonNode parent)
    {
        if (node is JsonArray list)
        {
            return ReadItems(list, ReadJob);
        }

        Add(node ?? parent, "a pipeline must be a list of jobs.");
        return [];
    }

    private JobContext ReadJob(JsonObject map)
    {
        var name = ReadText(map, JobContext.MetaNameKey);
        if (!map.TryGetPropertyValue(JobContext.MetaNameKey, out var node) || (name is null && node is not null))
        {
            Add(node ?? map, $"a job needs a \"{JobContext.MetaNameKey}\": a text, or null.");
        }

        return new JobContext(name, [.. map
            .Where(e => e.Key != JobContext.MetaNameKey)
            .Select(e => new JobOutput(e.Key, e.Value?.DeepClone()))]);
    }

    private List<T> ReadList<T>(JsonObject map, string key, Func<JsonObject, T> read)
    {
        if (map[key] is JsonArray list)
        {
            return ReadItems(list, read);
        }

        Add(map[key] ?? map, $"\"{key}\" must be a list.");
        return [];
    }

    private List<T> ReadItems<T>(JsonArray list, Func<JsonObject, T> read)
    {
        var items = new List<T>();
        foreach (var item in list)
        {
            if (item is JsonObject map)
            {
                items.Add(read(map));
            }
            else
            {
                Add(item ?? list, "expected a mapping here.");
            }
        }

        return items;
    }

    private void CheckTwice<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups, Func<TKey, string> show, string what, JsonNode node)
    {
        foreach (var group in groups.Where(g => g.Skip(1).Any()))
        {
            Add(node, $"{what} {show(group.Key)} is there twice.");
        }
    }

    private static string? ReadText(JsonObject map, string key) =>
        map[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private void Add(JsonNode? node, string message) => Faults.Add(new Fault(locate(node), message));
}
