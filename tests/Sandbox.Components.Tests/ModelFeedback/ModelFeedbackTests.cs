using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.ModelProbe;
using Sandbox.Components.RecipeRefinement.ModelFeedback;
using Sandbox.Components.Tests.Testing;
using Sandbox.Components.Validation;
using Sandbox.Testing.Chat;

namespace Sandbox.Components.Tests.ModelFeedback;

public sealed class ModelFeedbackTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_probe_and_a_refinement_find_the_bound_that_drops_dirt_and_explain_it()
    {
        await TrainAsync();
        WriteDirty();
        var probed = await _bench.RunAsync("ProbeViaModelInferHook", "probe", Recipe(), JobBench.Json("""{"type": "ngram_lm", "model_path": "lm.arpa"}"""));

        ((string)probed.Values[0]!).ShouldBe(Path.Combine(_bench.Root, "out", "iter_1", "x.jsonl"));
        var summary = _bench.Watcher.Results.Single(r => r.Key == "probe").Value!;
        ((int)summary["samples"]!).ShouldBe(60);
        ((int)summary["dirty"]!).ShouldBe(6);
        var rows = File.ReadLines(Path.Combine(_bench.Root, "out", "iter_1", "x.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        rows.Where(r => (string)r["__probe__"]!["name"]! == "dirty").ShouldAllBe(r => ((string)r["text"]!).Contains('#'));
        rows.ShouldAllBe(r => !((string)r["text"]!).Contains("<b>"), "the recipe's mappers come before the model");

        var refined = await _bench.RunAsync("RefineRecipeViaModelFeedbackHook", "probe", Recipe(), JobBench.Json("""{"path_model_feedback_recipe": "r.yaml"}"""));
        ((string)refined.Values[0]!).ShouldBe("r.yaml");
        var feedback = _bench.Watcher.Results.Single(r => r.Key == "probe.model_feedback").Value!["changes"]!.AsArray();
        var moved = feedback.Single(c => (string)c!["argument"]! == "max_ratio" && (string)c["operator"]! == "special_characters_filter")!;
        ((double)moved["dirty_dropped"]!).ShouldBe(1);
        ((double)moved["good_dropped"]!).ShouldBe(0);
        ((string)moved["reason"]!).ShouldContain("of special_char_ratio lie 100.0");
        File.ReadAllText(Path.Combine(_bench.Root, "r.yaml")).ShouldContain("max_ratio: " + ((double)moved["new"]!).ToString("R", CultureInfo.InvariantCulture)[..4]);
        var stays = feedback.Single(c => (string)c!["operator"]! == "maximum_line_length_filter")!;
        stays["new"].ShouldBeNull();
        ((string)stays["reason"]!).ShouldStartWith("stays: max_line_length does not part");
    }

    [Fact]
    public async Task A_judge_behind_a_server_scores_too_and_answers_without_a_number_are_dirty()
    {
        WriteDirty();
        using var server = new ChatStub((body, _) => Reply.Text(ChatStub.User(body).Contains('#') ? "no idea" : $"score: {ChatStub.User(body).Length % 3}"));
        var options = JobBench.Json("""{"type": "api", "model": "judge"}""");
        options["model_params"] = new JsonObject { ["base_url"] = server.Address };
        var recipe = Recipe();
        recipe["data_probe_ratio"] = 0.5;
        await _bench.RunAsync("ProbeViaModelInferHook", "probe", recipe, options);

        var summary = _bench.Watcher.Results.Single(r => r.Key == "probe").Value!;
        ((int)summary["samples"]!).ShouldBe(30);
        server.Asked.Count.ShouldBe(30);
        ((int)summary["dirty"]!).ShouldBe(server.Asked.Count(b => ChatStub.User(b).Contains('#')));
    }

    [Fact]
    public async Task Without_a_probe_the_refinement_says_what_is_missing() =>
        (await _bench.FailureOfAsync("RefineRecipeViaModelFeedbackHook", Recipe(), JobBench.Json("""{"path_model_feedback_recipe": "r.yaml"}""")))
            .ShouldContain("give this job the meta_name of a ProbeViaModelInferHook");

    [Fact]
    public void Faults_of_ratio_algorithm_and_ending_are_found_before_anything_runs()
    {
        var components = BuiltIn.Components();
        var inspector = new JobInspector(BuiltIn.Hooks(components), components);
        var recipe = Recipe();
        (recipe["data_probe_ratio"], recipe["data_probe_algo"]) = (2, "topk");
        inspector.Inspect(new JobToInspect("ProbeViaModelInferHook", recipe, JobBench.Json("""{"type": "ngram_lm", "model_path": "m"}""")))
            .Faults.Select(f => f.Key).ShouldBe(["dj_configs.data_probe_ratio", "dj_configs.data_probe_algo"], ignoreOrder: true);
        inspector.Inspect(new JobToInspect("RefineRecipeViaModelFeedbackHook", Recipe(), JobBench.Json("""{"path_model_feedback_recipe": "r.txt"}""")))
            .Faults.ShouldHaveSingleItem().Message.ShouldContain("must end in .yaml");
    }

    [Fact]
    public void The_best_bound_lies_between_samples_and_keeps_to_the_share_of_good_ones()
    {
        double[] good = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        BoundSearch.Find([20, 30], good, isMaximum: true, 0.05).ShouldBe(new FoundBound(15, 1, 0));
        BoundSearch.Find([0, -1], good, isMaximum: false, 0.05).ShouldBe(new FoundBound(0.5, 1, 0));
        BoundSearch.Find([9.5, 20], good, isMaximum: true, 0.1).ShouldBe(new FoundBound(9.25, 1, 0.1));
        BoundSearch.Find([9.5, 20], good, isMaximum: true, 0.05).ShouldBe(new FoundBound(15, 0.5, 0));
        BoundSearch.Find([5, 5], [5, 5], isMaximum: true, 1).ShouldBeNull();
        BoundSearch.Find([], good, isMaximum: true, 1).ShouldBeNull();
    }

    [Fact]
    public async Task A_pipeline_of_modelscope_scores_the_samples()
    {
        _bench.Write("py/modelscope/__init__.py", "");
        _bench.Write("py/modelscope/pipelines.py", """
            class Array:
                def __init__(self, items): self.items = items
                def tolist(self): return self.items
            def pipeline(task, model, device):
                assert (task, model, device) == ("text-classification", "m", "cpu")
                return lambda text: {"scores": Array([0.01 if "@@" in text else 0.9]), "labels": ["x"]}
            """);
        Environment.SetEnvironmentVariable("PYTHONPATH", $"{_bench.Root}/py");
        WriteDirty();

        var result = await _bench.RunAsync("ProbeViaModelInferHook", "probe", Recipe(), JobBench.Json(
            """{"type": "modelscope", "task": "text-classification", "model": "m", "model_params": {"device": "cpu"}}"""));

        var rows = File.ReadLines(Path.Combine(_bench.Root, (string)result.Values[0]!)).Select(l => JsonNode.Parse(l)!).ToList();
        rows.Count.ShouldBe(60);
        rows.ShouldAllBe(r => ((string)r["__probe__"]!["name"]! == "dirty") == ((string)r["text"]!).Contains("@@", StringComparison.Ordinal));
        ((double)rows[0]["__probe__"]!["score"]!).ShouldBe(-Math.Log(0.9), 1e-12);
        rows[0]["__probe__"]!["answer"]!.ToJsonString().ShouldBe("""{"scores":[0.9],"labels":["x"]}""");
    }

    [Fact]
    public void Samples_are_named_by_quartiles_and_a_fence_that_dirt_does_not_move()
    {
        var fences = ScoreFences.Of([1, 2, 3, 4, 5, double.NaN]);
        fences.ShouldBe(new ScoreFences(2, 3, 4));
        new[] { 3, 4.5, 7, 7.5, double.NaN }.Select(fences.Name).ShouldBe(["easy", "hard", "hard", "dirty", "dirty"]);
        ScoreFences.Of([1, 2, 3, 40, 50]).Fence.ShouldBe(fences.Fence, "what is large does not matter");
        ScoreFences.Of([1, 1, 1, 2, 2]).Fence.ShouldBe(3.5);
    }

    private static JsonObject Recipe() => JobBench.Json("""
        {"dataset_path": "d.jsonl", "export_path": "out/x.jsonl", "process": [{"clean_html_mapper": {}},
          {"special_characters_filter": {"max_ratio": 0.9}}, {"maximum_line_length_filter": {"max_len": 1000}}]}
        """);

    private async Task TrainAsync()
    {
        _bench.Write("clean.jsonl", string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"text\": \"the cat number {i % 7} sat on the red mat today\"}}\n")));
        await _bench.RunAsync("TrainModelHook", "train", null, JobBench.Json(
            """{"type": "ngram_lm", "train_dataset": "clean.jsonl", "model_path": "lm.arpa", "order": 2}"""));
    }

    private void WriteDirty() => _bench.Write("d.jsonl", string.Concat(Enumerable.Range(0, 60).Select(i =>
        i % 10 == 3
            ? $"{{\"text\": \"#{i} @@ ## c#t !! n%mb$r *** s#t ### {i}\"}}\n"
            : $"{{\"text\": \"<b>the cat</b> number {i % 7} sat on the red mat today\"}}\n")));
}
