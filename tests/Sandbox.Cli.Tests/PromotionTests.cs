using AngleSharp.Html.Parser;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Cli.Tests;

/// <summary>From a sweep on a sample to the large data set, and runs held against each other.</summary>
public sealed class PromotionTests : IDisposable
{
    private readonly Workplace _place = new();

    public PromotionTests() => _place.Write("sweep.yaml", Workplace.Config + """
        hpo_config:
          method: grid
          seed: 1
          metric: {name: process.process.rows_out, goal: minimize}
          parameters:
            text_length_filter.min_len: {values: [1, 40, 6]}

        """);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_best_recipe_of_a_sweep_runs_on_the_large_data_set()
    {
        (await Workplace.RunAsync("run", "sweep.yaml")).Code.ShouldBe(0);
        _place.Write("big.jsonl", string.Concat(Enumerable.Range(1, 60).Select(i => $"{{\"text\":\"{new string('x', i)}\"}}\n")));

        var told = await Workplace.RunAsync("promote", "last", "--dataset", "big.jsonl", "--json");
        told.Code.ShouldBe(0, told.All);
        told.Lines[0]["trial"]!.GetValue<int>().ShouldBe(1);
        (await Workplace.RunAsync("process", "--config", "promoted/recipe.yaml")).Code.ShouldBe(0);
        File.ReadAllLines("promoted/processed.jsonl").Length.ShouldBe(21);

        var ray = Recipe("promoted/recipe-ray.yaml");
        ray["executor_type"]!.ToString().ShouldBe("ray");
        ray["dataset_path"]!.ToString().ShouldBe(Path.Combine(_place.Root, "big.jsonl"));
        ray["process"]![0]!["text_length_filter"]!["min_len"]!.GetValue<long>().ShouldBe(40);
        File.ReadAllText("promoted/recipe-ray.yaml").ShouldContain("The best trial of its sweep, number 1");
    }

    [Fact]
    public async Task What_cannot_run_on_ray_is_said_and_deduplicators_become_those_of_ray()
    {
        _place.Write("sandbox.yaml", Workplace.Config[..Workplace.Config.IndexOf("probe_job", StringComparison.Ordinal)] + Workplace.Config[Workplace.Config.IndexOf("execution_job", StringComparison.Ordinal)..]);
        _place.Write("recipe.yaml", "dataset_path: data.jsonl\nexport_path: out/data.jsonl\nnp: 1\nmax_bad_rows: 3\nprocess:\n"
            + "  - document_minhash_deduplicator: {window_size: 3, jaccard_threshold: 0.8}\n  - document_deduplicator: {lowercase: true}\n");
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var told = await Workplace.RunAsync("promote", "last", "--dataset", "s3://bucket/big", "--export-path", "s3://bucket/out.jsonl", "-o", "a");
        told.Code.ShouldBe(0, told.All);
        told.Error.ShouldContain("ray_bts_minhash_deduplicator");
        var ray = Recipe("a/recipe-ray.yaml");
        ray.Select(p => p.Key).ShouldBe(["dataset_path", "export_path", "process", "executor_type", "ray_address"]);
        ray["process"]![0]!["ray_bts_minhash_deduplicator"]!["window_size"]!.GetValue<long>().ShouldBe(3);
        ray["process"]![1]!["ray_document_deduplicator"]!["lowercase"]!.GetValue<bool>().ShouldBeTrue();

        _place.Write("recipe.yaml", "dataset_path: data.jsonl\nexport_path: out/data.jsonl\nprocess:\n  - random_selector: {select_num: 2}\n");
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var refused = await Workplace.RunAsync("promote", "last", "--dataset", "data.jsonl", "-o", "b");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("random_selector has no form on Ray");
        File.Exists("b/recipe.yaml").ShouldBeTrue();
        File.Exists("b/recipe-ray.yaml").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_unclear_is_asked_for_and_nothing_is_written()
    {
        _place.Write("two.yaml", """
            project_name: p
            experiment_name: e
            work_dir: ./work
            execution_job_configs:
              - {hook: ProcessDataHook, meta_name: one, dj_configs: recipe.yaml}
              - {hook: ProcessDataHook, meta_name: two, dj_configs: {dataset_path: data.jsonl, export_path: out/b.jsonl, process: [{text_length_filter: {min_len: 9}}]}}

            """);
        (await Workplace.RunAsync("promote", "last", "--dataset", "data.jsonl")).Code.ShouldBe(2);
        (await Workplace.RunAsync("run", "two.yaml")).Code.ShouldBe(0);
        (await Workplace.RunAsync("promote", "last", "--dataset", "nothere.jsonl", "--job", "one")).Error.ShouldContain("nothere.jsonl does not exist");
        var several = await Workplace.RunAsync("promote", "last", "--dataset", "data.jsonl");
        (several.Code, several.Error).ShouldSatisfyAllConditions(t => t.Code.ShouldBe(2), t => t.Error.ShouldContain("anonymous.one, anonymous.two"));
        (await Workplace.RunAsync("promote", "last", "--dataset", "data.jsonl", "--job", "tow")).Error.ShouldContain("Did you mean");
        Directory.Exists("promoted").ShouldBeFalse();
        (await Workplace.RunAsync("promote", "last", "--dataset", "data.jsonl", "--job", "two")).Code.ShouldBe(0);
        Recipe("promoted/recipe.yaml")["process"]![0]!["text_length_filter"]!["min_len"]!.GetValue<long>().ShouldBe(9);
    }

    [Fact]
    public async Task Runs_are_held_against_each_other_with_what_was_set_and_what_came_of_it()
    {
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var first = await Workplace.NewestIdAsync();
        (await Workplace.RunAsync("run", "sweep.yaml")).Code.ShouldBe(0);
        var sweep = await Workplace.NewestIdAsync();

        var told = await Workplace.RunAsync("compare", first, sweep, "-o", "c.html");
        told.Code.ShouldBe(0, told.All);
        told.Output.ShouldContain("text_length_filter.min_len");
        told.Output.ShouldContain("-66.7%");
        var lines = (await Workplace.RunAsync("compare", first, sweep, "--json")).Lines;
        lines.Single(l => l["kind"]!.ToString() == "metric" && l["name"]!.ToString() == "process.process.rows_out")["values"]!.AsArray()
            .Select(v => v!.GetValue<double>()).ShouldBe([3, 1]);
        lines.Where(l => l["kind"]!.ToString() == "setting").Select(l => l["name"]!.ToString())
            .ShouldBe(["anonymous.probe.dj_configs.process.text_length_filter.min_len", "anonymous.process.dj_configs.process.text_length_filter.min_len"], ignoreOrder: true);
        var page = new HtmlParser().ParseDocument(File.ReadAllText("c.html"));
        page.QuerySelectorAll("script, img, link").ShouldBeEmpty();
        page.Body!.TextContent.ShouldContain("-66.7%");
        page.QuerySelectorAll("svg[role=img]").ShouldNotBeEmpty();
        (await Workplace.RunAsync("compare", first)).Code.ShouldBe(2);
        (await Workplace.RunAsync("compare", first, first)).Code.ShouldBe(2);
        (await Workplace.RunAsync("compare", first, "zzz")).Error.ShouldContain("There is no run \"zzz\"");
    }

    [Fact]
    public async Task The_report_of_a_sweep_draws_its_history_its_trials_and_what_matters()
    {
        (await Workplace.RunAsync("run", "sweep.yaml", "--hpo_config.parameters", "{text_length_filter.min_len: {values: [1, 2, 6, 16, 24, 40]}}")).Code.ShouldBe(0);
        (await Workplace.RunAsync("report", "last", "-o", "r.html")).Code.ShouldBe(0);
        var page = new HtmlParser().ParseDocument(File.ReadAllText("r.html"));
        page.QuerySelectorAll("#sweep circle.trial.ended, #sweep circle.trial.best").Length.ShouldBeGreaterThanOrEqualTo(6);
        page.QuerySelectorAll("#sweep path.way").Length.ShouldBe(6);
        page.QuerySelectorAll("#sweep path.way.best").Length.ShouldBe(1);
        page.QuerySelectorAll("#sweep rect.bar").ShouldNotBeEmpty();
        page.QuerySelectorAll("#trials tbody tr").Length.ShouldBe(6);
    }

    private static System.Text.Json.Nodes.JsonObject Recipe(string path) =>
        ConfigParser.ParseYaml(File.ReadAllText(path), path, [])!.ToJson()!.AsObject();
}
