using System.Text.Json.Nodes;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration;

/// <summary>A part of a workflow: a job, or a sequence of parts.</summary>
/// <param name="Key">Its name, see <see cref="StudioKeys"/>.</param>
/// <param name="Items">What a sequence holds, in running order; null for a job.</param>
public sealed record LayoutItem(string Key, IReadOnlyList<LayoutItem>? Items)
{
    /// <summary>The keys of all jobs in it, in running order.</summary>
    public IEnumerable<string> Jobs() => Items is null ? [Key] : Items.SelectMany(i => i.Jobs());
}

/// <summary>
/// <c>studio.layout</c>: which sequences hold which jobs, in running order, where that is not what the job lists alone
/// say. A list of job keys and of mappings of a sequence's key to such a list.
/// </summary>
public static class StudioLayout
{
    private const string Member = "layout";

    /// <summary>The layout that a config gives, or null.</summary>
    public static IReadOnlyList<LayoutItem>? Given(JsonObject? studio) =>
        studio?[Member] is JsonArray items ? Read(items) : null;

    /// <summary>The layout as <c>studio</c> holds it.</summary>
    public static JsonArray ToJson(IEnumerable<LayoutItem> items) => [.. items.Select(item => item.Items is null
        ? JsonValue.Create(item.Key)
        : (JsonNode)new JsonObject { [item.Key] = ToJson(item.Items) })];

    /// <summary>Puts a layout under the member that holds it.</summary>
    public static void Put(JsonObject studio, IEnumerable<LayoutItem> items) => studio[Member] = ToJson(items);

    /// <summary>What the job lists alone say: pipelines in file order, their stages, their jobs.</summary>
    public static IReadOnlyList<LayoutItem> Of(SandboxConfig config) => config.IsSinglePipeline && config.Pipelines is [var only]
        ? Stages(only)
        : [.. config.Pipelines.Select(p => new LayoutItem(StudioKeys.Pipeline(p.Name), Stages(p)))];

    /// <summary>Brings a layout to the jobs that there are: a job that was removed from the YAML is left out, one that was
    /// added comes at the end of its stage.</summary>
    public static IReadOnlyList<LayoutItem> Resolve(
        IReadOnlyList<LayoutItem> layout, IReadOnlyList<(string Pipeline, Stage Stage, int Index)> jobs, bool isSingle)
    {
        var missing = jobs.Select(j => StudioKeys.Job(j.Pipeline, j.Stage, j.Index)).ToHashSet(StringComparer.Ordinal);
        var kept = Keep(layout, missing);
        foreach (var (pipeline, stage, index) in jobs)
        {
            var key = StudioKeys.Job(pipeline, stage, index);
            if (missing.Remove(key))
            {
                kept = Add(kept, new LayoutItem(key, null), [.. Path(pipeline, stage, isSingle)]);
            }
        }

        return kept;
    }

    private static IEnumerable<string> Path(string pipeline, Stage stage, bool isSingle) => isSingle
        ? [StudioKeys.StageOf(pipeline, stage)]
        : [StudioKeys.Pipeline(pipeline), StudioKeys.StageOf(pipeline, stage)];

    private static List<LayoutItem> Stages(PipelineConfig pipeline) =>
        [.. pipeline.Jobs.GroupBy(j => j.Stage).Select(jobs => new LayoutItem(
            StudioKeys.StageOf(pipeline.Name, jobs.Key),
            [.. jobs.Select(j => new LayoutItem(StudioKeys.Job(pipeline.Name, j.Stage, j.Index), null))]))];

    private static List<LayoutItem> Read(JsonArray items)
    {
        var read = new List<LayoutItem>();
        foreach (var item in items)
        {
            switch (item)
            {
                case JsonValue key:
                    read.Add(new LayoutItem(key.ToString(), null));
                    break;
                case JsonObject map:
                    read.AddRange(map.Select(m => new LayoutItem(m.Key, m.Value is JsonArray inner ? Read(inner) : [])));
                    break;
            }
        }

        return read;
    }

    private static List<LayoutItem> Keep(IReadOnlyList<LayoutItem> items, HashSet<string> missing) =>
        [.. items.Where(i => i.Items is not null || missing.Remove(i.Key))
            .Select(i => i.Items is null ? i : i with { Items = Keep(i.Items, missing) })];

    private static List<LayoutItem> Add(IReadOnlyList<LayoutItem> items, LayoutItem job, string[] path)
    {
        var all = items.ToList();
        if (path.Length == 0)
        {
            all.Add(job);
            return all;
        }

        var place = all.FindLastIndex(i => i.Items is not null && StudioKeys.WithoutNumber(i.Key) == path[0]);
        if (place < 0)
        {
            all.Add(new LayoutItem(path[0], []));
            place = all.Count - 1;
        }

        all[place] = all[place] with { Items = Add(all[place].Items!, job, path[1..]) };
        return all;
    }
}
