using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataPoolManipulator;

/// <summary>Every data-pool manipulation against what the real program wrote from the same rows.</summary>
public sealed class DataPoolReferenceTests : IDisposable
{
    private const string Run = "upstream-runs/data-juicer/out/sandbox-pools";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(Run)]
    public Task Construction_by_statistics() => ComparesAsync("construct", $$"""
        {"type":"data_pool_construction","dataset_path":"{{Find("probe/iter_1/analysed.jsonl")}}","split_ratios":["1/3","2/3"],"export_path":"./out/sandbox-pools/pools/iter_1"}
        """, "pools");

    [ReferenceFact(Run)]
    public Task Combination() => ComparesAsync("combine", $$"""
        {"type":"data_pool_combination","dataset_path":["{{Find("pools/iter_1/text_len/analysed_text_len_2.jsonl")}}",
         "{{Find("pools/iter_1/num_words/analysed_num_words_2.jsonl")}}","{{Find("pools/iter_1/lang_score/analysed_lang_score_2.jsonl")}}"],
         "export_path":"./out/sandbox-pools/combined/iter_1"}
        """, "combined", ordered: false);

    [ReferenceFact(Run)]
    public Task Duplication() => ComparesAsync("duplicate", $$"""
        {"type":"data_pool_duplication","dataset_path":{{Parts()}},"duplicating_times":[2,4],"export_path":"./out/sandbox-pools/repeated/iter_1"}
        """, "repeated");

    [ReferenceFact(Run)]
    public Task Duplication_with_a_shuffle() => ComparesAsync("duplicate_shuffled", $$"""
        {"type":"data_pool_duplication","dataset_path":["{{Find("parts/iter_1/sotu-300_ignore_stats_2.jsonl")}}"],"duplicating_times":[1,3],"shuffle":true,
         "export_path":"./out/sandbox-pools/repeated-shuffled/iter_1"}
        """, "repeated_shuffled");

    [ReferenceFact(Run)]
    public Task Downsampling() => ComparesAsync("downsample", $$"""
        {"type":"data_pool_downsampling","dataset_path":{{Parts()}},"export_path":"./out/sandbox-pools/sampled/iter_1"}
        """, "sampled");

    [ReferenceFact(Run)]
    public Task Merging() => ComparesAsync("merge", $$"""
        {"type":"data_pool_merging","dataset_path":["{{Find("sampled/iter_1/sotu-300_ignore_stats_0_60.jsonl")}}",
         "{{Find("sampled/iter_1/sotu-300_ignore_stats_1_60.jsonl")}}","{{Find("sampled/iter_1/sotu-300_ignore_stats_2_60.jsonl")}}"],
         "export_path":"./out/sandbox-pools/merged/iter_1"}
        """, "merged");

    [ReferenceFact(Run)]
    public Task Cartesian_join() => ComparesAsync("join", $$"""
        {"type":"data_pool_cartesian_join","dataset_path_1":["{{Input("prompts.jsonl")}}"],"dataset_path_2":["{{Input("questions.jsonl")}}"],
         "export_path":"./out/sandbox-pools/joined/iter_1"}
        """, "joined");

    [ReferenceFact(Run)]
    public async Task Construction_without_statistics_cuts_the_data_as_it_stands()
    {
        var result = await _bench.RunAsync("DataPoolManipulationHook", "cut", null, JobBench.Json(
            $$"""{"type":"data_pool_construction","dataset_path":"{{Input("sotu-300.jsonl")}}","split_num":120,"ignore_stats":true,"export_path":"parts"}"""));
        result.Values[0]!.ToJsonString().ShouldBe(
            """["parts/sotu-300_ignore_stats_0.jsonl","parts/sotu-300_ignore_stats_1.jsonl","parts/sotu-300_ignore_stats_2.jsonl"]""");
        foreach (var part in result.Values[0]!.AsArray().Select(n => n!.GetValue<string>()))
        {
            var expected = Find($"parts/iter_1/{Path.GetFileName(part)}");
            Ids(_bench.Files.FullPath(part)).ShouldBe(Ids(expected));
        }
    }

    private static string Find(string path) => Reference.Find($"{Run}/{path}")!;

    private static string Input(string name) => Reference.Find($"upstream-runs/data-juicer/inputs/{name}")!;

    private static string Parts() => new JsonArray([.. Enumerable.Range(0, 3).Select(i => JsonValue.Create(Find($"parts/iter_1/sotu-300_ignore_stats_{i}.jsonl")))]).ToJsonString();

    private static List<string> Ids(string path) => [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!["id"]!.GetValue<string>())];

    // The order of keys says nothing: statistics come last here.
    private static List<string> Rows(string path) => [.. File.ReadLines(path).Select(l => new JsonObject(
        JsonNode.Parse(l)!.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString())];

    private static JsonNode Recorded(string metaName, string key) =>
        JsonNode.Parse(File.ReadAllText(Find("context_infos.json")))![0]!["pipeline_infos"]!.AsArray()
            .SelectMany(p => p!["job_infos"]!.AsArray()).First(j => j!["meta_name"]!.GetValue<string>() == metaName)![key]!;

    private async Task ComparesAsync(string metaName, string options, string key, bool ordered = true)
    {
        var result = (await _bench.RunAsync("DataPoolManipulationHook", metaName, null, JobBench.Json(options))).Values.ShouldHaveSingleItem()!;
        var recorded = Recorded(metaName, key);
        var single = result is JsonArray { Count: 1 } list ? list[0]! : result;
        single.ToJsonString().ShouldBe(recorded.ToJsonString());
        foreach (var path in single is JsonArray several ? several.Select(n => n!.GetValue<string>()) : [single.GetValue<string>()])
        {
            var (ours, theirs) = (Rows(_bench.Files.FullPath(path)), Rows(Find(Path.GetRelativePath("out/sandbox-pools", path))));
            ours.ShouldBe(theirs, ignoreOrder: !ordered);
        }
    }
}
