using Sandbox.Components.Tests.Testing;

namespace Sandbox.Components.Tests.GeneralProbe;

public sealed class DataPoolRankingTests : IDisposable
{
    private const string Hook = "GeneralProbeHook";

    private const string Upstream = """
        {"type":"data_pool_ranking","dataset_path":["a.jsonl","b.jsonl","c.jsonl","d.jsonl"],
         "metrics":[{"score":{"mean":0.4,"worst":0.1},"size":3},{"score":{"mean":0.9,"worst":0.0},"size":1},
                    {"score":{"mean":0.4,"worst":0.3},"size":7},{"score":{"mean":0.7,"worst":0.2},"size":2}],
         "ranking_keys":["score.mean","score.worst"],"descending":true,"top_n":3}
        """;

    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Nested_keys_rank_as_upstream_and_top_n_cuts() =>
        (await RankAsync(Upstream)).ShouldBe("""["b.jsonl","d.jsonl","c.jsonl"]""");

    [Fact]
    public async Task Pools_that_rank_the_same_keep_their_order_both_ways()
    {
        const string Ties = """ "dataset_path":["a","b","c"],"metrics":[{"n":1},{"n":2},{"n":1}],"ranking_keys":["n"]""";
        (await RankAsync($$"""{"type":"data_pool_ranking",{{Ties}}}""")).ShouldBe("""["b","a","c"]""");
        (await RankAsync($$"""{"type":"data_pool_ranking",{{Ties}},"descending":false}""")).ShouldBe("""["a","c","b"]""");
    }

    [Fact]
    public async Task Numbers_rank_without_keys() =>
        (await RankAsync("""{"type":"data_pool_ranking","dataset_path":["a","b","c"],"metrics":[1,2.5,true]}""")).ShouldBe("""["b","a","c"]""");

    [Fact]
    public async Task What_has_no_order_fails_with_what_to_do()
    {
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json("""{"type":"data_pool_ranking","dataset_path":["a","b"],"metrics":[{"n":1},{"n":2}]}""")))
            .ShouldContain("Name ranking_keys");
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json("""{"type":"data_pool_ranking","dataset_path":["a","b"],"metrics":[1]}""")))
            .ShouldContain("1 metrics for 2 data pools");
    }

    private async Task<string> RankAsync(string options) =>
        (await _bench.RunAsync(Hook, "rank", null, JobBench.Json(options))).Values.ShouldHaveSingleItem()!.ToJsonString();
}
