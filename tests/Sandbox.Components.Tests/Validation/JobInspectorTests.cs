using Sandbox.Components.Tests.Testing;
using Sandbox.Components.Validation;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Tests.Validation;

public sealed class JobInspectorTests
{
    private const string Recipe = """{"dataset_path":"a.jsonl","export_path":"out/b.jsonl","process":[{"text_length_filter":{"min_len":1}}]}""";

    [Fact]
    public void Every_hook_of_upstream_is_known() =>
        BuiltIn.Hooks(BuiltIn.Components()).Descriptors.Select(d => d.Name).Order(StringComparer.Ordinal).ShouldBe(
        [
            "DataPoolManipulationHook", "EvaluateDataHook", "EvaluateModelHook", "GeneralDataExecutorHook", "GeneralProbeHook",
            "InferModelHook", "ProbeViaAnalyzerHook", "ProbeViaModelInferHook", "ProcessDataHook", "RefineRecipeViaKSigmaHook",
            "RefineRecipeViaModelFeedbackHook", "TrainModelHook",
        ]);

    [Fact]
    public void An_unknown_hook_is_answered_with_the_nearest() =>
        Faults("ProcesDataHook", null, null).ShouldHaveSingleItem().ShouldBe("hook: unknown hook \"ProcesDataHook\". Did you mean \"ProcessDataHook\"?");

    [Theory]
    [InlineData("ProbeViaModelInferHook")]
    [InlineData("RefineRecipeViaModelFeedbackHook")]
    public void A_hook_that_cannot_run_yet_says_what_to_use(string hook) =>
        Faults(hook, Recipe, "{}").ShouldHaveSingleItem().ShouldContain("is not available");

    [Fact]
    public void A_component_type_that_comes_later_says_so() =>
        Faults("TrainModelHook", null, """{"type":"modelscope","model_name":"x"}""").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            f => f.ShouldStartWith("extra_configs.type: type \"modelscope\""), f => f.ShouldContain("use ngram_lm"));

    [Fact]
    public void Options_of_k_sigma_are_checked_and_its_recipe_is_declared_written()
    {
        Faults("RefineRecipeViaKSigmaHook", Recipe, """{"path_k_sigma_recipe":"a.txt","kk":2}""").Count.ShouldBe(2);
        Inspect("RefineRecipeViaKSigmaHook", Recipe, """{"path_k_sigma_recipe":"a.yaml"}""").Paths
            .ShouldBe([new DeclaredPath("extra_configs.path_k_sigma_recipe", "a.yaml", PathAccess.Write)]);
    }

    [Fact]
    public void What_an_input_replaces_is_no_fault()
    {
        Inspect("RefineRecipeViaKSigmaHook", null, "{}", "dj_configs", "extra_configs.path_k_sigma_recipe").Faults.ShouldBeEmpty();
        Inspect("TrainModelHook", null, null, "extra_configs").Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Missing_configs_are_faults() =>
        Faults("RefineRecipeViaKSigmaHook", null, null).Select(f => f.Split(':')[0]).ShouldBe(["dj_configs", "extra_configs"]);

    [Fact]
    public void Paths_and_the_number_of_results_of_a_component_are_declared()
    {
        var inspection = Inspect("EvaluateDataHook", null, """
            {"type":"mse","predicted_dataset_path":["a.jsonl","b.jsonl"],"predicted_value_key":"p","ground_truth_value_key":"t"}
            """);
        inspection.Faults.ShouldBeEmpty();
        inspection.Results.ShouldBe(2);
        inspection.Paths.Select(p => p.Path).ShouldBe(["a.jsonl", "b.jsonl"]);
        inspection.Paths[0].ShouldBe(new DeclaredPath("extra_configs.predicted_dataset_path", "a.jsonl", PathAccess.Read));
    }

    [Fact]
    public void A_path_that_an_input_replaces_is_neither_missing_nor_declared()
    {
        var inspection = Inspect(
            "EvaluateDataHook", null, """{"type":"mse","predicted_dataset_path":"","predicted_value_key":"p","ground_truth_value_key":"t","ground_truth_dataset_path":"t.jsonl"}""",
            "extra_configs.predicted_dataset_path");
        inspection.Faults.ShouldBeEmpty();
        inspection.Paths.Select(p => p.Path).ShouldBe(["t.jsonl"]);
    }

    [Fact]
    public void A_recipe_declares_what_it_reads_and_writes() =>
        Inspect("ProcessDataHook", Recipe, null).Paths.Select(p => (p.Key, p.Path, p.Access)).ShouldBe(
        [
            ("dj_configs.dataset_path", "a.jsonl", PathAccess.Read),
            ("dj_configs.export_path", "out/b.jsonl", PathAccess.Write),
            ("dj_configs.export_path", "out/analysis", PathAccess.Write),
        ]);

    private static IReadOnlyList<string> Faults(string hook, string? dj, string? extra) =>
        [.. Inspect(hook, dj, extra).Faults.Select(f => $"{f.Key}: {f.Message}")];

    private static JobInspection Inspect(string hook, string? dj, string? extra, params string[] replaced)
    {
        var components = BuiltIn.Components();
        var job = new JobToInspect(hook, dj is null ? null : JobBench.Json(dj), extra is null ? null : JobBench.Json(extra)) { Replaced = replaced };
        return new JobInspector(BuiltIn.Hooks(components), components).Inspect(job);
    }
}
