namespace Sandbox.Core.Tests.Configuration;

public sealed class DataPathTests
{
    [Theory]
    [InlineData("out/d.jsonl", "out/d.jsonl")]
    [InlineData("out/d.jsonl", "./out/../out//iter_1/d.jsonl")]
    [InlineData("out/d.jsonl", "out/iter_3/d.jsonl")]
    [InlineData("out/d.jsonl", "/run/out/iter_1/d.jsonl")]
    [InlineData("out/d.jsonl", "out")]
    [InlineData("out/d.jsonl", "out/d_stats.jsonl")]
    [InlineData("out/d.jsonl", "out/iter_1/d-00-of-05.jsonl")]
    [InlineData("out/d.jsonl", "out/analysis/overall.csv")]
    [InlineData("out/pools", "out/pools/iter_1/a/b.jsonl")]
    [InlineData("out/pools/", "out/pools/b.jsonl")]
    public void What_an_earlier_job_writes_may_be_read(string written, string read) => Faults(written, read).ShouldBeEmpty();

    [Theory]
    [InlineData("out/d.jsonl", "out/e.jsonl")]
    [InlineData("out/d.jsonl", "out/d.jsnl")]
    [InlineData("out/d.jsonl", "other/out/d.jsonl")]
    [InlineData("out/pools", "out/pool/b.jsonl")]
    public void What_nobody_writes_is_a_fault(string written, string read) =>
        Faults(written, read).ShouldBe(
            [$"s.yaml:3:58: extra_configs.data_path: \"{read}\" does not exist (looked for /run/{read}), and no earlier job writes it."]);

    [Fact]
    public void A_path_that_only_a_later_job_writes_is_a_fault() =>
        Loading.Faults("execution_job_configs:\n  - {hook: TrainModelHook, extra_configs: {data_path: x.jsonl}}\n  - {hook: TrainModelHook, extra_configs: {export_path: x.jsonl}}\n")
            .ShouldHaveSingleItem().ShouldContain("no earlier job writes it");

    [Fact]
    public void The_item_of_a_list_is_located() =>
        Loading.Faults("execution_job_configs:\n  - hook: TrainModelHook\n    extra_configs:\n      data_path: [in.jsonl, gone.jsonl]\n", new MemoryFiles().Add("in.jsonl"))
            .ShouldBe(["s.yaml:4:29: extra_configs.data_path.1: \"gone.jsonl\" does not exist (looked for /run/gone.jsonl), and no earlier job writes it."]);

    [Fact]
    public void A_placeholder_that_an_input_replaces_is_no_fault() =>
        Loading.Faults(
            """
            execution_job_configs:
              - {hook: ProcessDataHook, output: data}
              - hook: TrainModelHook
                input: {extra_configs.data_path: -1.data}
                extra_configs: {data_path: '<later>'}
            """).ShouldBeEmpty();

    [Fact]
    public void A_recipe_that_an_input_replaces_or_an_earlier_job_writes_need_not_exist()
    {
        var knowledge = new StubKnowledge();
        var config = Loading.Load(
            """
            refine_recipe_job_configs:
              - hook: RefineRecipeViaKSigmaHook
                output: recipe
                dj_configs: {export_path: out/refined.jsonl}
                extra_configs: {path_k_sigma_recipe: out/new.yaml}
            execution_job_configs:
              - {hook: ProcessDataHook, input: {dj_configs: -1.recipe}, dj_configs: '<later>'}
              - {hook: ProcessDataHook, dj_configs: out/new.yaml}
              - {hook: TrainModelHook, extra_configs: {data_path: out/iter_1/refined.jsonl}}
            """,
            // What an earlier run left there is not what this one will read.
            new MemoryFiles().Add("out/new.yaml", "bad: 1\n"),
            knowledge);

        config.Faults.ShouldBeEmpty();
        var jobs = config.Config!.Pipelines[0].Jobs;
        (jobs[1].DjConfigs!.Path, jobs[1].DjConfigs!.Value).ShouldBe(("<later>", null));
        (jobs[2].DjConfigs!.Path, jobs[2].DjConfigs!.Value).ShouldBe(("out/new.yaml", null));
        knowledge.Inspected[1].DjConfigsPending.ShouldBeTrue();
        knowledge.Inspected[2].DjConfigsPending.ShouldBeTrue();
        config.Config.Files.ShouldBeEmpty();
    }

    [Fact]
    public void Where_a_recipe_is_not_known_yet_nothing_is_said_of_what_it_writes() =>
        Loading.Faults(
            """
            execution_job_configs:
              - {hook: GeneralDataExecutorHook, output: recipe}
              - {hook: ProcessDataHook, input: {dj_configs: -1.recipe}, dj_configs: '<later>'}
              - {hook: TrainModelHook, extra_configs: {data_path: anything.jsonl}}
            """).ShouldBeEmpty();

    [Fact]
    public void Options_and_paths_that_local_sets_are_located_there() =>
        Loading.Faults(
            "execution_job_configs:\n  - hook: ProcessDataHook\n    dj_configs: r.yaml\n    local:\n      dj_configs.data_path: gone.jsonl\n",
            new MemoryFiles().Add("r.yaml", "data_path: in.jsonl\n"))
            .ShouldHaveSingleItem().ShouldStartWith("s.yaml:5:7: dj_configs.data_path: \"gone.jsonl\" does not exist");

    [Fact]
    public void Twice_the_pipelines_take_twice_the_look_ups_of_paths()
    {
        var (few, many) = (Asked(20), Asked(40));
        many.ShouldBeInRange(few, (2 * few) + 10);

        static int Asked(int pipelines)
        {
            var files = new MemoryFiles();
            Loading.Faults("pipelines:\n" + string.Concat(Enumerable.Range(0, pipelines).Select(Pipeline)), files).ShouldBeEmpty();
            return files.Asked;
        }

        static string Pipeline(int i) => $$$"""
              p{{{i}}}:
                refine_recipe_job_configs:
                  - {hook: RefineRecipeViaKSigmaHook, output: recipe, dj_configs: {export_path: out/{{{i}}}.jsonl}, extra_configs: {}}
                execution_job_configs:
                  - {hook: ProcessDataHook, input: {dj_configs: -1.recipe}, dj_configs: '<later>'}

            """;
    }

    private static string[] Faults(string written, string read) => Loading.Faults(
        $"execution_job_configs:\n  - {{hook: ProcessDataHook, extra_configs: {{export_path: {written}}}}}\n  - {{hook: TrainModelHook, meta_name: t, extra_configs: {{data_path: {read}}}}}\n");
}
