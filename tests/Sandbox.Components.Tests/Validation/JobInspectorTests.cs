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

    private static IReadOnlyList<string> Faults(string hook, string? dj, string? extra) =>
        [.. Inspect(hook, dj, extra).Faults.Select(f => $"{f.Key}: {f.Message}")];

    private static JobInspection Inspect(string hook, string? dj, string? extra, params string[] replaced)
    {
        var components = BuiltIn.Components();
        var job = new JobToInspect(hook, dj is null ? null : JobBench.Json(dj), extra is null ? null : JobBench.Json(extra)) { Replaced = replaced };
        return new JobInspector(BuiltIn.Hooks(components), components).Inspect(job);
    }
}
