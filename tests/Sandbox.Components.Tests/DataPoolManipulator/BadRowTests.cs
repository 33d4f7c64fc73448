using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;

namespace Sandbox.Components.Tests.DataPoolManipulator;

public sealed class BadRowTests : IDisposable
{
    private const string Pools = "DataPoolManipulationHook";
    private const string Others = "GeneralDataExecutorHook";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, string, string, int> Readers => new()
    {
        { Pools, "data_pool_downsampling", "", 1 },
        { Pools, "data_pool_merging", "", 5 },
        { Pools, "data_pool_combination", "", 2 },
        { Pools, "data_pool_duplication", """, "duplicating_times": [2]""", 4 },
        { Pools, "data_pool_duplication", """, "duplicating_times": [2], "shuffle": true""", 4 },
        { Pools, "data_pool_construction", """, "ignore_stats": true, "split_ratios": [0.5]""", 1 },
        { Others, "coco_caption_to_dj_conversion", "", 2 },
        { Others, "coco_caption_meta_generation", """, "data_root_path": "." """, 1 },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_malformed_line_fails_the_job_unless_the_user_puts_up_with_it(string hook, string type, string options, int rows)
    {
        var first = _bench.Write("m.jsonl", Caption("a") + "{bad\n" + Caption("b"));
        var second = _bench.Write("n.jsonl", type == "data_pool_downsampling" ? Caption("a") : Caption("a") + Caption("c") + Caption("d"));
        var config = $$"""{"type":"{{type}}","dataset_path":["{{first}}","{{second}}"],"export_path":"out"{{options}}}""";

        (await _bench.FailureOfAsync(hook, null, JobBench.Json(config))).ShouldSatisfyAllConditions(
            m => m.ShouldStartWith("./m.jsonl:2: "),
            m => m.ShouldEndWith("Mend it, or set max_bad_rows to the number or share of malformed rows to put up with."));

        var tolerant = JobBench.Json(config);
        tolerant["max_bad_rows"] = 1;
        var results = await _bench.RunAsync(hook, "pool", null, tolerant);
        File.ReadLines(_bench.Files.FullPath(First(results.Values[0]!))).Count().ShouldBe(rows);
        ToldOnce();
    }

    [Fact]
    public async Task A_join_reads_its_second_pool_many_times_and_tells_of_its_malformed_line_once()
    {
        var (first, second) = (_bench.Write("m.jsonl", "{\"i\":1}\n{\"i\":2}\n{\"i\":3}\n"), _bench.Write("n.jsonl", "{\"j\":1}\n{bad\n{\"j\":2}\n"));
        var options = JobBench.Json($$"""{"type":"data_pool_cartesian_join","dataset_path_1":"{{first}}","dataset_path_2":"{{second}}","export_path":"out","max_bad_rows":0.34}""");
        var results = await _bench.RunAsync(Pools, "pool", null, options);
        File.ReadLines(_bench.Files.FullPath(First(results.Values[0]!))).Count().ShouldBe(6);
        ToldOnce();
    }

    [Fact]
    public async Task More_malformed_lines_than_the_limit_fail_and_name_the_first()
    {
        var pool = _bench.Write("m.jsonl", Caption("a") + "{bad\n{\n");
        var options = JobBench.Json($$"""{"type":"data_pool_merging","dataset_path":"{{pool}}","export_path":"out","max_bad_rows":1}""");
        (await _bench.FailureOfAsync(Pools, null, options)).ShouldEndWith("That is malformed row 2, and max_bad_rows allows 1; the first was ./m.jsonl:2.");
        Directory.GetFiles(_bench.Root, "*merged*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private void ToldOnce()
    {
        _bench.Log.Entries.Where(e => e.StartsWith("Warning: Malformed row skipped: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        _bench.Watcher.Metrics.Where(m => m.Name == "pool.bad_rows").ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    private static string First(JsonNode result) => (result is JsonArray list ? list[0]! : result).GetValue<string>();

    private static string Caption(string text) =>
        $$"""{"image":"{{text}}.jpg","conversations":[{"value":"?"},{"value":"{{text}}"}]}""" + "\n";
}
