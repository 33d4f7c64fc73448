using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.Hooks;

/// <summary>The jobs of whole upstream runs, one after the other, against what the real program wrote.</summary>
public sealed class UpstreamRunsTests : IDisposable
{
    private const string Runs = "upstream-runs/data-juicer";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(Runs + "/out/sandbox-iterate")]
    public async Task Iterate_keeps_the_same_rows_and_gives_the_same_figures()
    {
        var run = Reference.Find(Runs + "/out/sandbox-iterate")!;
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "context_infos.json")))!.AsArray();
        var data = Reference.Find(Runs + "/inputs/predictions.jsonl")!;
        for (var iteration = 1; iteration <= recorded.Count; iteration++)
        {
            data = await KeepHalfAsync(data, iteration);
            Rows(data).ShouldBe(Rows(Path.Combine(run, $"data/iter_{iteration}/kept.jsonl")));
            var jobs = recorded[iteration - 1]!["pipeline_infos"]![0]!["job_infos"]!;
            (await EvaluateAsync("mse", "value", data, "prediction", "truth")).ShouldBe(jobs[1]!["min_mse"]!.GetValue<double>(), 1e-12);
            (await EvaluateAsync("accuracy", "label", data, "answer", "label")).ShouldBe(jobs[2]!["max_accuracy"]!.GetValue<double>(), 1e-12);
        }
    }

    [ReferenceFact(Runs + "/out/sandbox-k-sigma")]
    public async Task K_sigma_moves_every_bound_to_upstreams_figure()
    {
        var recipe = SimpleYaml.Recipe(Reference.Find(Runs + "/sandbox/recipe.yaml")!);
        recipe["dataset_path"] = Reference.Find(Runs + "/inputs/sotu.jsonl")!;
        recipe["export_path"] = "out/result.jsonl";

        await _bench.RunAsync("ProbeViaAnalyzerHook", "analysis_ori_data", recipe, null);
        await _bench.RunAsync("RefineRecipeViaKSigmaHook", "analysis_ori_data", recipe, JobBench.Json("""{"path_k_sigma_recipe":"refined.json"}"""));

        var ours = JobBench.Json(File.ReadAllText(Path.Combine(_bench.Root, "refined.json")))["process"]!.AsArray();
        var theirs = SimpleYaml.Recipe(Reference.Find(Runs + "/out/sandbox-k-sigma/k_sigma_new_recipe.yaml")!)["process"]!.AsArray();
        ours.Count.ShouldBe(theirs.Count);
        foreach (var (name, arguments) in ours.Select(o => o!.AsObject().First()))
        {
            var expected = theirs.First(o => o!.AsObject().ContainsKey(name))![name]!.AsObject();
            arguments!.AsObject().Select(a => a.Key).ShouldBe(expected.Select(a => a.Key), ignoreOrder: true);
            foreach (var (argument, value) in expected)
            {
                arguments[argument]!.GetValue<double>().ShouldBe(value!.GetValue<double>(), 1e-9, $"{name}.{argument}");
            }
        }
    }

    private static List<string> Rows(string path) => [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!.ToJsonString())];

    private async Task<string> KeepHalfAsync(string data, int iteration) =>
        (await _bench.RunAsync("ProcessDataHook", "keep_sure_half", JobBench.Json($$$"""
            {"dataset_path":"{{{data}}}","export_path":"./data/kept.jsonl","np":1,
             "process":[{"topk_specified_field_selector":{"field_key":"confidence","top_ratio":0.5}}]}
            """), null, iteration)).Values.ShouldHaveSingleItem()!.GetValue<string>();

    private async Task<double> EvaluateAsync(string type, string kind, string data, string predicted, string truth) =>
        (await _bench.RunAsync("EvaluateDataHook", type, null, JobBench.Json(
            $$"""{"type":"{{type}}","predicted_dataset_path":"{{data}}","predicted_{{kind}}_key":"{{predicted}}","ground_truth_{{kind}}_key":"{{truth}}"}""")))
        .Values[1]!.GetValue<double>();
}
