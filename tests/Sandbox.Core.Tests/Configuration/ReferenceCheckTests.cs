namespace Sandbox.Core.Tests.Configuration;

public sealed class ReferenceCheckTests
{
    private const string Jobs = """
        pipelines:
          - first:
              probe_job_configs:
                - {hook: GeneralProbeHook, meta_name: rank, output: [top, rest]}
                - {hook: GeneralProbeHook, meta_name: rank, output: other}
              execution_job_configs:
                - {hook: ProcessDataHook}
          - empty:
          - second.one:
              execution_job_configs:
                - {hook: ProcessDataHook, meta_name: a.b, input: {dj_configs.x: KEY}}
                - {hook: ProcessDataHook, meta_name: last, output: o}

        """;

    [Theory]
    [InlineData("first.rank.top")]
    [InlineData("first.rank.top.0.deeper")]
    [InlineData("first.rank.2")]
    [InlineData("first.rank.res_3")]
    [InlineData("first.anonymous_meta_name.0")]
    [InlineData("first.anonymous_meta_name.res_1")]
    [InlineData("-1.0")]
    public void Results_of_earlier_jobs_are_found(string key) => Faults(key).ShouldBeEmpty();

    [Theory]
    [InlineData("frist.rank.top", "there is no pipeline \"frist\". Did you mean \"first\"?")]
    [InlineData("first.rnk.top", "the pipeline \"first\" has no job with the meta_name \"rnk\". Did you mean \"rank\"?")]
    [InlineData("first.rank.tip", "the job \"rank\" (s.yaml:4:11) gives no result \"tip\": it gives \"top\", \"rest\", \"2\". Did you mean \"top\"?")]
    [InlineData("first.rank.other", "the job \"rank\" (s.yaml:4:11) gives no result \"other\": it gives \"top\", \"rest\", \"2\". Look-ups take the first job of that name; a later one has this result: give it a meta_name of its own.")]
    [InlineData("first.rank.0", "the job \"rank\" (s.yaml:4:11) gives no result \"0\": it gives \"top\", \"rest\", \"2\".")]
    [InlineData("first.rank.3", "the job \"rank\" (s.yaml:4:11) gives no result \"3\": it gives \"top\", \"rest\", \"2\".")]
    [InlineData("first.rank", "\"first.rank\" is no key of the context infos: write <pipeline>.<meta_name>.<output>, or -1.<output> for the last job before.")]
    [InlineData("-1", "\"-1\" names no result: write -1.<output>.")]
    [InlineData("-1.top", "the job \"ProcessDataHook 1 of execution_job_configs\" (s.yaml:7:11) gives no result \"top\": it gives \"0\", \"1\", \"2\".")]
    [InlineData("second.one.last.o", "\"second.one.last.o\" cannot exist yet: the job \"last\" runs later (s.yaml:12:11). Only results of earlier jobs can be used.")]
    [InlineData("second.one.a.b.0", "\"second.one.a.b.0\" cannot exist yet: the job \"a.b\" is this job itself. Only results of earlier jobs can be used.")]
    [InlineData("empty.rank.top", "the pipeline \"empty\" has no job with the meta_name \"rank\".")]
    public void What_cannot_exist_by_then_is_a_fault(string key, string problem) =>
        Faults(key).ShouldBe([$"s.yaml:11:73: input \"dj_configs.x\": {problem}"]);

    [Fact]
    public void The_first_job_of_a_config_has_none_before_it() =>
        Loading.Faults("pipelines: [{none: }, {p: {execution_job_configs: [{hook: ProcessDataHook, input: {dj_configs.x: -1.a}}]}}]\n")
            .ShouldHaveSingleItem().ShouldContain("\"-1.a\" means the last job before, and there is none");

    [Fact]
    public void A_job_without_result_gives_nothing_to_refer_to() =>
        Loading.Faults(
            "execution_job_configs: [{hook: TrainModelHook}, {hook: ProcessDataHook, input: {dj_configs.x: -1.0}}]\n",
            null,
            new StubKnowledge { Results = j => j.Hook == "TrainModelHook" ? 0 : 1 })
            .ShouldHaveSingleItem().ShouldContain("gives no result");

    [Theory]
    [InlineData("first.rank.tip > 1", "s.yaml:1:16: the target \"first.rank.tip > 1\": the job \"rank\" (s.yaml:6:11) gives no result \"tip\": it gives \"top\", \"rest\", \"2\". Did you mean \"top\"?")]
    [InlineData("third.rank.top > 1", "s.yaml:1:16: the target \"third.rank.top > 1\": there is no pipeline \"third\".")]
    [InlineData("first.rank.top", "s.yaml:1:16: the target \"first.rank.top\" compares nothing: write <pipeline>.<meta_name>.<output>, one of > >= < <= ==, and a number.")]
    public void Targets_must_name_results(string target, string expected) =>
        Loading.Faults($"iter_targets: [\"{target}\"]\nmax_iter_num: 0\n{Jobs.Replace("KEY", "-1.0", StringComparison.Ordinal)}").ShouldBe([expected]);

    [Fact]
    public void Both_sides_of_an_update_are_checked() =>
        Loading.Faults(
            $"iter_updater:\n  first.rank.tip: first.rnk.dj_configs.x\n  first.rank.top: first.rank.extra_configs\nmax_iter_num: 2\n{Jobs.Replace("KEY", "-1.0", StringComparison.Ordinal)}").ShouldBe(
        [
            "s.yaml:2:3: iter_updater: the job \"rank\" (s.yaml:8:11) gives no result \"tip\": it gives \"top\", \"rest\", \"2\". Did you mean \"top\"?",
            "s.yaml:2:19: iter_updater: the pipeline \"first\" has no job with the meta_name \"rnk\". Did you mean \"rank\"?",
            "s.yaml:3:19: iter_updater: \"first.rank.extra_configs\" cannot be updated: write <pipeline>.<meta_name>.dj_configs.<key> or <pipeline>.<meta_name>.extra_configs.<key>.",
        ]);

    [Fact]
    public void Targets_without_iterations_are_warned_about() =>
        Loading.Faults($"iter_targets: [first.rank.top > 1]\n{Jobs.Replace("KEY", "-1.0", StringComparison.Ordinal)}")
            .ShouldHaveSingleItem().ShouldStartWith("s.yaml:1:1: warning: \"iter_targets\" changes nothing while max_iter_num is 1");

    [Fact]
    public void A_job_that_refines_by_what_was_watched_needs_a_job_of_its_name_before_it() =>
        Loading.Faults(
            "refine_recipe_job_configs: [{hook: RefineRecipeViaKSigmaHook, meta_name: analyse}]\nprobe_job_configs: [{hook: ProbeViaAnalyzerHook, meta_name: analysis}]\n",
            null,
            new StubKnowledge { Hooks = [.. new StubKnowledge().Hooks.Select(h => h with { ReadsWatched = h.Name.StartsWith("Refine", StringComparison.Ordinal) })] })
            .ShouldHaveSingleItem().ShouldStartWith("s.yaml:1:74: no job before this one has its meta_name \"analyse\"");

    [Fact]
    public void A_setting_in_a_config_that_an_input_replaces_is_warned_about() =>
        Loading.Faults(
            "execution_job_configs: [{hook: ProcessDataHook, output: a, dj_configs: {x: 1}}, {hook: ProcessDataHook, local: {dj_configs.np: 2}, input: {dj_configs: -1.a}, dj_configs: nowhere}]\n")
            .ShouldHaveSingleItem().ShouldContain("warning: local \"dj_configs.np\" changes nothing: input replaces dj_configs as a whole.");

    private static string[] Faults(string key) =>
        Loading.Faults(Jobs.Replace("KEY", $"'{key}'", StringComparison.Ordinal), null, new StubKnowledge { Results = _ => 3 });
}
