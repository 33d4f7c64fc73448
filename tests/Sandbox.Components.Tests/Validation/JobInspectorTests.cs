using Sandbox.Components.Tests.Testing;
using Sandbox.Components.Validation;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Tests.Validation;

public sealed class JobInspectorTests
{
    private const string Recipe = """{"dataset_path":"a.jsonl","export_path":"out/b.jsonl","process":[{"text_length_filter":{"min_len":1}}]}""";

    [Fact]
    public void Every_hook_of_upstream_is_known() =>
        BuiltIn.Hooks(BuiltIn.Components(new Components.Programs.ProgramHost(TimeProvider.System))).Descriptors.Select(d => d.Name).Order(StringComparer.Ordinal).ShouldBe(
        [
            "DataPoolManipulationHook", "EvaluateDataHook", "EvaluateModelHook", "GeneralDataExecutorHook", "GeneralProbeHook",
            "InferModelHook", "ProbeViaAnalyzerHook", "ProbeViaModelInferHook", "ProcessDataHook", "RefineRecipeViaKSigmaHook",
            "RefineRecipeViaModelFeedbackHook", "TrainModelHook",
        ]);

    [Fact]
    public void Every_component_type_of_upstream_is_known_once()
    {
        var components = BuiltIn.Components(new Components.Programs.ProgramHost(TimeProvider.System));
        var types = new[]
        {
            "DataEvaluatorFactory", "GeneralProbeFactory", "DataPoolManipulatorFactory", "GeneralDataExecutorFactory",
            "ModelTrainExecutorFactory", "ModelInferExecutorFactory", "ModelInferEvaluatorFactory", "ModelEvaluatorFactory",
        }.ToDictionary(f => f, f => components.Of(f).Select(d => d.Type).Order(StringComparer.Ordinal).ToArray());
        types["DataEvaluatorFactory"].ShouldBe(
            ["accuracy", "caption_metrics", "command", "dj_text_quality_classifier", "feature_metrics", "mse", "vbench_video_evaluator", "video_inception_evaluator"]);
        types["GeneralProbeFactory"].ShouldBe(["data_pool_ranking"]);
        types["DataPoolManipulatorFactory"].ShouldBe(
            ["data_pool_cartesian_join", "data_pool_combination", "data_pool_construction", "data_pool_downsampling", "data_pool_duplication", "data_pool_merging"]);
        types["GeneralDataExecutorFactory"].ShouldBe(
            ["coco_caption_meta_generation", "coco_caption_to_dj_conversion", "dj_to_easyanimate_video_dataset_conversion"]);
        types["ModelTrainExecutorFactory"].ShouldBe(
            ["command", "dj_text_quality_classifier", "easyanimate", "fasttext", "internvl_coco_caption", "modelscope", "ngram_lm", "trinity-rft"]);
        types["ModelInferExecutorFactory"].ShouldBe(["api", "command", "easyanimate", "huggingface", "vllm"]);
        types["ModelInferEvaluatorFactory"].ShouldBe(["api", "modelscope", "ngram_lm"]);
        types["ModelEvaluatorFactory"].ShouldBe(["command", "fasttext", "internvl_coco_caption", "paired_comparison", "perplexity"]);
    }

    [Fact]
    public void An_unknown_hook_is_answered_with_the_nearest() =>
        Faults("ProcesDataHook", null, null).ShouldHaveSingleItem().ShouldBe("hook: unknown hook \"ProcesDataHook\". Did you mean \"ProcessDataHook\"?");

    [Fact]
    public void Options_of_k_sigma_are_checked_and_its_recipe_is_declared_written()
    {
        Faults("RefineRecipeViaKSigmaHook", Recipe, """{"path_k_sigma_recipe":"a.txt","kk":2}""").Count.ShouldBe(2);
        Inspect("RefineRecipeViaKSigmaHook", Recipe, """{"path_k_sigma_recipe":"a.yaml"}""").Paths
            .ShouldBe([new DeclaredPath("extra_configs.path_k_sigma_recipe", "a.yaml", PathAccess.Write)]);
    }

    [Theory]
    [InlineData("ProbeViaAnalyzerHook", null)]
    [InlineData("RefineRecipeViaKSigmaHook", """{"path_k_sigma_recipe":"a.yaml"}""")]
    public void Options_of_mappers_are_checked_where_the_recipe_is_only_analysed_or_refined(string hook, string? extra) =>
        Faults(hook, """{"dataset_path":"a.jsonl","export_path":"b.jsonl","process":[{"clean_html_mapper":{"foo":3}},{"text_chunk_mapper":{"max_len":"x","tokenizer":"nowhere"}}]}""", extra)
            .Select(f => f.Split(':')[0]).ShouldBe(["dj_configs.process[0].clean_html_mapper.foo", "dj_configs.process[1].text_chunk_mapper.max_len"]);

    [Theory]
    [InlineData("extra_configs.ordr", "there is no option \"ordr\" to be set. Did you mean \"order\"?")]
    [InlineData("extra_configs.order.x", "option \"order\" is one value")]
    [InlineData("extra_configs.train_dataset.foo", "\"foo\"")]
    [InlineData("dj_configs.process", "reads no dj_configs")]
    public void An_input_that_sets_what_is_not_there_is_a_fault(string input, string why) =>
        Faults("TrainModelHook", null, """{"type":"ngram_lm","train_dataset":"a.jsonl","model_path":"m.arpa"}""", input)
            .ShouldHaveSingleItem().ShouldContain(why);

    [Theory]
    [InlineData("dj_configs.dataset_pat", "a recipe has no key \"dataset_pat\" to be set. Did you mean \"dataset_path\"?")]
    [InlineData("dj_configs.process.1.text_length_filter.min_len", "there is no process.1")]
    [InlineData("dj_configs.process.0.text_length_filtr.min_len", "no operator \"text_length_filtr\"")]
    [InlineData("dj_configs.process.text_length_filter.min_le", "has no option \"min_le\" to be set. Did you mean \"min_len\"?")]
    public void An_input_into_a_recipe_must_meet_what_the_recipe_has(string input, string why) =>
        Faults("ProcessDataHook", Recipe, null, input).ShouldHaveSingleItem().ShouldContain(why);

    [Theory]
    [InlineData("dj_configs.dataset_path")]
    [InlineData("dj_configs.np")]
    [InlineData("dj_configs.process.0.text_length_filter.min_len")]
    [InlineData("dj_configs.process.text_length_filter.max_len")]
    [InlineData("dj_configs.process.0")]
    public void An_input_into_a_recipe_may_set_all_that_a_recipe_has(string input) =>
        Faults("ProcessDataHook", Recipe, null, input).ShouldBeEmpty();

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
    public void A_recipe_declares_what_it_reads_and_writes()
    {
        Paths("ProcessDataHook").ShouldBe(
        [
            ("dj_configs.dataset_path", "a.jsonl", PathAccess.Read),
            ("dj_configs.export_path", "out/b.jsonl", PathAccess.Write),
            ("dj_configs.export_path", "out/b_stats.jsonl", PathAccess.Write),
        ]);
        Paths("ProbeViaAnalyzerHook")[^1].ShouldBe(("dj_configs.export_path", "out/analysis", PathAccess.Write));
    }

    [Fact]
    public void Faults_in_operators_have_dotted_keys() =>
        Faults("ProcessDataHook", """{"dataset_path":"a","export_path":"b.jsonl","process":[{"text_length_filter":{"min_len":"x"}},{"no_such_filter":{}}]}""", null)
            .Select(f => f.Split(':')[0]).ShouldBe(["dj_configs.process[0].text_length_filter.min_len", "dj_configs.process[1].no_such_filter"]);

    [Fact]
    public void A_data_path_that_an_input_replaces_is_no_fault() =>
        Inspect("ProcessDataHook", """{"export_path":"b.jsonl","process":[]}""", null, "dj_configs.dataset_path").Faults.ShouldBeEmpty();

    [Fact]
    public void Upstreams_placeholder_for_a_replaced_recipe_is_no_fault() =>
        Inspect("ProcessDataHook", null, null, "dj_configs").ShouldSatisfyAllConditions(
            i => i.Faults.ShouldBeEmpty(), i => i.Paths.ShouldBeEmpty(), i => i.Results.ShouldBe(1));

    private static IReadOnlyList<string> Faults(string hook, string? dj, string? extra, params string[] replaced) =>
        [.. Inspect(hook, dj, extra, replaced).Faults.Select(f => $"{f.Key}: {f.Message}")];

    private static IReadOnlyList<(string Key, string Path, PathAccess Access)> Paths(string hook) =>
        [.. Inspect(hook, Recipe, null).Paths.Select(p => (p.Key, p.Path, p.Access))];

    private static JobInspection Inspect(string hook, string? dj, string? extra, params string[] replaced)
    {
        var components = BuiltIn.Components(new Components.Programs.ProgramHost(TimeProvider.System));
        var job = new JobToInspect(hook, dj is null ? null : JobBench.Json(dj), extra is null ? null : JobBench.Json(extra)) { Replaced = replaced };
        return new JobInspector(BuiltIn.Hooks(components), components).Inspect(job);
    }
}
