using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.Hooks;

public sealed class RefineRecipeViaKSigmaTests : IDisposable
{
    private const string Hook = "RefineRecipeViaKSigmaHook";
    private const string Table = """
        {"_type":"table","columns":["lang","lang_score","text_len"],"index":["count","mean","std"],
         "data":[[4,4,4],[null,0.9,100],[null,0.1,20.5]]}
        """;

    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Bounds_move_to_mean_and_k_standard_deviations_and_keys_are_sorted()
    {
        _bench.Watcher.Watch("probe", JsonNode.Parse(Table));
        var recipe = JobBench.Json("""
            {"project_name":"p","process":[
              {"clean_email_mapper":null},
              {"language_id_score_filter":{"lang":"en","min_score":0.5}},
              {"text_length_filter":{"min_len":10,"max_len":4000,"min_closed_interval":true}},
              {"words_num_filter":{"min_num":5}}]}
            """);

        var result = await _bench.RunAsync(Hook, "probe", recipe, JobBench.Json("""{"path_k_sigma_recipe":"out/r.yaml","k":2}"""));

        result.Values.ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("out/r.yaml");
        File.ReadAllText(Path.Combine(_bench.Root, "out/r.yaml")).ShouldBe("""
            process:
            - clean_email_mapper: null
            - language_id_score_filter:
                lang: en
                min_score: 0.7
            - text_length_filter:
                max_len: 141
                min_closed_interval: true
                min_len: 59
            - words_num_filter:
                min_num: 5
            project_name: p

            """);
        var changes = _bench.Watcher.Results[^1];
        changes.Key.ShouldBe("probe.k_sigma");
        var first = changes.Value!["changes"]![0]!;
        first["operator"]!.GetValue<string>().ShouldBe("language_id_score_filter");
        first["statistic"]!.GetValue<string>().ShouldBe("lang_score");
        changes.Value["changes"]!.AsArray().Count(c => c!["new"] is null).ShouldBe(2);
    }

    [Fact]
    public async Task Without_an_analysis_under_its_meta_name_it_fails_and_says_what_to_do() =>
        (await _bench.FailureOfAsync(Hook, JobBench.Json("""{"process":[]}"""), JobBench.Json("""{"path_k_sigma_recipe":"r.json"}""")))
            .ShouldContain("give this job the meta_name of a ProbeViaAnalyzerHook");

    [Fact]
    public async Task A_small_bound_is_written_as_a_number_that_yaml_1_1_reads_too()
    {
        _bench.Watcher.Watch("probe", JsonNode.Parse("""{"columns":["text_len"],"index":["mean","std"],"data":[[1e-7],[0]]}"""));
        var recipe = JobBench.Json("""{"process":[{"text_length_filter":{"max_len":1}}]}""");
        await _bench.RunAsync(Hook, "probe", recipe, JobBench.Json("""{"path_k_sigma_recipe":"r.yaml"}"""));
        File.ReadAllText(Path.Combine(_bench.Root, "r.yaml")).ShouldContain("max_len: 1.0e-07");
    }

    [Fact]
    public async Task A_json_path_gets_json()
    {
        _bench.Watcher.Watch("probe", JsonNode.Parse(Table));
        var recipe = JobBench.Json("""{"process":[{"text_length_filter":{"max_len":1}}]}""");
        await _bench.RunAsync(Hook, "probe", recipe, JobBench.Json("""{"path_k_sigma_recipe":"r.json"}"""));
        JsonNode.Parse(File.ReadAllText(Path.Combine(_bench.Root, "r.json")))!["process"]![0]!["text_length_filter"]!["max_len"]!
            .GetValue<double>().ShouldBe(161.5, 1e-9);
    }

    [ReferenceFact("upstream-runs/data-juicer/out/sandbox-k-sigma")]
    public async Task The_refined_recipe_is_that_of_upstream()
    {
        var run = Reference.Find("upstream-runs/data-juicer/out/sandbox-k-sigma")!;
        var watched = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "watched.json"))
            .Replace("NaN", "null", StringComparison.Ordinal))!["history"]![0]!["analysis_ori_data"]!.AsObject();
        watched["index"] = new JsonArray("count", "mean", "std", "min", "25%", "50%", "75%", "max");
        _bench.Watcher.Watch("probe", watched);
        var recipe = SimpleYaml.Recipe(Reference.Find("upstream-runs/data-juicer/sandbox/recipe.yaml")!);

        await _bench.RunAsync(Hook, "probe", recipe, JobBench.Json("""{"path_k_sigma_recipe":"r.yaml"}"""));

        var ours = File.ReadAllLines(Path.Combine(_bench.Root, "r.yaml"));
        var theirs = File.ReadAllLines(Path.Combine(run, "k_sigma_new_recipe.yaml"));
        ours.Length.ShouldBe(theirs.Length);
        foreach (var (our, their) in ours.Zip(theirs))
        {
            our.Split(": ")[0].ShouldBe(their.Split(": ")[0]);
            if (double.TryParse(their.Split(": ")[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var figure))
            {
                double.Parse(our.Split(": ")[^1], CultureInfo.InvariantCulture).ShouldBe(figure, 1e-9);
            }
        }
    }
}
