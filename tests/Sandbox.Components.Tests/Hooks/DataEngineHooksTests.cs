using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Core.Recipes;

namespace Sandbox.Components.Tests.Hooks;

public sealed class DataEngineHooksTests : IDisposable
{
    private const string Rows = """
        {"id":1,"text":"one two three"}
        {"id":2,"text":"one two three four five six seven eight"}
        {"id":3,"text":"one"}

        """;

    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_analysis_is_watched_as_a_table_without_text_rows_and_gives_the_full_export_path()
    {
        var result = await _bench.RunAsync("ProbeViaAnalyzerHook", "probe", Recipe(), null);

        result.Values.ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(Path.Combine(_bench.Root, "out/iter_1/kept.jsonl"));
        var watched = _bench.Watcher.Results.Single(r => r.Key == "probe").Value!;
        watched["_type"]!.GetValue<string>().ShouldBe("table");
        watched["columns"]!.ToJsonString().ShouldBe("""["text_len"]""");
        watched["index"]!.ToJsonString().ShouldBe("""["count","mean","std","min","25%","50%","75%","max"]""");
        var table = StatisticsTable.FromJson(watched)!;
        table.Value("mean", "text_len").ShouldBe((13 + 39 + 3) / 3.0, 1e-12);
        File.Exists(Path.Combine(_bench.Root, "out/analysis/overall.csv")).ShouldBeTrue();
        _bench.Watcher.Results.Single(r => r.Key == "probe.analysis").Value!["rows"]!.GetValue<long>().ShouldBe(3);
    }

    [Fact]
    public async Task K_sigma_takes_the_analysis_and_its_recipe_processes_the_data()
    {
        await _bench.RunAsync("ProbeViaAnalyzerHook", "probe", Recipe(), null);
        var refined = await _bench.RunAsync("RefineRecipeViaKSigmaHook", "probe", Recipe(), JobBench.Json("""{"path_k_sigma_recipe":"refined.json","k":1}"""));
        var recipe = JobBench.Json(File.ReadAllText(_bench.Files.FullPath(refined.Values[0]!.GetValue<string>())));
        recipe["export_path"]!.GetValue<string>().ShouldBe("out/kept.jsonl");

        var result = await _bench.RunAsync("ProcessDataHook", "process", recipe, null);

        var path = result.Values.ShouldHaveSingleItem()!.GetValue<string>();
        path.ShouldBe(Path.Combine(_bench.Root, "out/iter_1/kept.jsonl"));
        File.ReadAllLines(path).Select(l => JsonNode.Parse(l)!["id"]!.GetValue<int>()).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task What_each_operator_did_is_watched()
    {
        await _bench.RunAsync("ProcessDataHook", "process", Recipe(), null);
        var report = _bench.Watcher.Results.ShouldHaveSingleItem();
        report.Key.ShouldBe("process.process");
        report.Value!["rows_in"]!.GetValue<long>().ShouldBe(3);
        report.Value["rows_out"]!.GetValue<long>().ShouldBe(2);
        report.Value["operators"]!["0_text_length_filter"]!["dropped"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task A_recipe_that_drops_everything_leaves_an_empty_file()
    {
        var recipe = Recipe();
        recipe["process"]![0]!["text_length_filter"]!["min_len"] = 1000;
        var result = await _bench.RunAsync("ProcessDataHook", "process", recipe, null);
        new FileInfo(result.Values[0]!.GetValue<string>()).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Faults_of_a_recipe_fail_the_job_with_their_keys()
    {
        var recipe = Recipe();
        recipe["process"]![0]!["text_length_filter"]!["min_lenn"] = 1;
        (await _bench.FailureOfAsync("ProcessDataHook", recipe, null)).ShouldContain("dj_configs.process[0].text_length_filter.min_lenn");
        (await _bench.FailureOfAsync("ProbeViaAnalyzerHook", null, null)).ShouldContain("dj_configs is missing");
    }

    private JsonObject Recipe()
    {
        _bench.Write("data.jsonl", Rows);
        return JobBench.Json("""
            {"dataset_path":"data.jsonl","export_path":"out/kept.jsonl","np":1,"process":[{"text_length_filter":{"min_len":5,"max_len":4000}}]}
            """);
    }
}
