using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataPoolManipulator;

public sealed class DataPoolDownsamplingTests : IDisposable
{
    private const string Hook = "DataPoolManipulationHook";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceTheory("upstream-runs/data-juicer/out/sandbox-pools")]
    [InlineData("sampled", null)]
    [InlineData("sampled-fixed", 25)]
    public async Task The_rows_and_names_are_those_of_upstream(string directory, int? target)
    {
        var run = Reference.Find("upstream-runs/data-juicer/out/sandbox-pools")!;
        var pools = Directory.GetFiles(Path.Combine(run, "parts/iter_1")).Order(StringComparer.Ordinal).ToArray();

        var result = await RunAsync(target, pools);

        var expected = Directory.GetFiles(Path.Combine(run, directory, "iter_1")).Order(StringComparer.Ordinal).ToList();
        result.Select(Path.GetFileName).ShouldBe(expected.Select(Path.GetFileName));
        foreach (var (ours, theirs) in result.Zip(expected))
        {
            Rows(_bench.Files.FullPath(ours)).ShouldBe(Rows(theirs));
        }
    }

    [Fact]
    public async Task The_smallest_pool_decides_and_absent_pools_are_left_out()
    {
        var (large, small) = (_bench.Write("large.jsonl", Lines(9)), _bench.Write("small.jsonl", Lines(4)));
        (await RunAsync(null, large, "gone.jsonl", small)).ShouldBe(["out/large_4.jsonl", "out/small_4.jsonl"]);
        Rows(Path.Combine(_bench.Root, "out/large_4.jsonl")).Distinct().Count().ShouldBe(4);
        Directory.GetFiles(Path.Combine(_bench.Root, "scratch")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_above_the_size_keeps_all_rows_under_the_name_of_the_target()
    {
        (await RunAsync(10, _bench.Write("small.jsonl", Lines(4)))).ShouldBe(["out/small_10.jsonl"]);
        Rows(Path.Combine(_bench.Root, "out/small_10.jsonl")).Order(StringComparer.Ordinal).ShouldBe(Rows(Path.Combine(_bench.Root, "small.jsonl")));
    }

    [Fact]
    public async Task Two_pools_of_one_name_are_refused_instead_of_overwriting_each_other()
    {
        var options = Options(null, _bench.Write("a/x.jsonl", Lines(2)), _bench.Write("b/x.jsonl", Lines(2)));
        (await _bench.FailureOfAsync(Hook, null, options)).ShouldBe("two data pools would both become out/x_2.jsonl: rename one of them.");
    }

    [Fact]
    public async Task No_pool_at_all_is_a_clear_failure() =>
        (await _bench.FailureOfAsync(Hook, null, Options(null, "gone.jsonl"))).ShouldBe("none of the data pools exists: gone.jsonl.");

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"i\":{i}}}\n"));

    private static List<string> Rows(string path) =>
        [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!.ToJsonString())];

    private static JsonObject Options(int? target, params string[] pools) => new()
    {
        ["type"] = "data_pool_downsampling",
        ["dataset_path"] = new JsonArray([.. pools.Select(p => JsonValue.Create(p))]),
        ["export_path"] = "out",
        ["target_num_samples"] = target,
    };

    private async Task<IReadOnlyList<string>> RunAsync(int? target, params string[] pools) =>
        [.. (await _bench.RunAsync(Hook, "sample", null, Options(target, pools))).Values.ShouldHaveSingleItem()!.AsArray().Select(n => n!.GetValue<string>())];
}
