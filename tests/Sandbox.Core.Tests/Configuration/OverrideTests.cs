using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;

namespace Sandbox.Core.Tests.Configuration;

public sealed class OverrideTests
{
    private const string Single = """
        max_iter_num: 1
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: make
            dj_configs: r.yaml
          - hook: TrainModelHook
            meta_name: train
            extra_configs: {order: 3, sizes: [1, 2]}
        """;

    private const string Several = """
        pipelines:
          - a:
              execution_job_configs:
                - job.yaml
          - b:
              evaluation_job_configs:
                - {hook: EvaluateDataHook, meta_name: judge, output: score, extra_configs: {order: 3}}
        """;

    [Theory]
    [InlineData("--project_name", "1e5", "1e5")]
    [InlineData("--project_name=a: b", null, "a: b")]
    public void Texts_are_taken_as_they_are(string first, string? second, string expected) =>
        Load(Single, second is null ? [first] : [first, second]).ProjectName.ShouldBe(expected);

    [Fact]
    public void Values_are_yaml()
    {
        var config = Load(Several, "--max_iter_num", "3", "--iter_targets=['b.judge.score >= 0.5']", "--resume=yes");
        (config.MaxIterNum, config.Resume).ShouldBe((3, true));
        config.IterTargets.ShouldBe(["b.judge.score >= 0.5"]);
        config.Overrides.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("--execution_job_configs.1.extra_configs.order")]
    [InlineData("--execution_job_configs.train.extra_configs.order")]
    [InlineData("--anonymous.train.extra_configs.order")]
    public void A_job_is_reached_by_number_and_by_name(string option)
    {
        var job = Load(Single, option, "2").Pipelines[0].Jobs[1];
        job.ExtraConfigs!.Value!.ToJsonString().ShouldBe("""{"order":2,"sizes":[1,2]}""");
    }

    [Theory]
    [InlineData("--pipelines.1.b.evaluation_job_configs.0.extra_configs.order")]
    [InlineData("--pipelines.b.evaluation_job_configs.judge.extra_configs.order")]
    [InlineData("--pipelines.b.judge.extra_configs.order")]
    [InlineData("--b.judge.extra_configs.order")]
    [InlineData("--b.evaluation_job_configs.0.extra_configs.order")]
    public void A_job_of_a_pipeline_is_reached_in_several_ways(string option) =>
        Load(Several, option, "2").Pipelines[1].Jobs[0].ExtraConfigs!.Value!["order"]!.GetValue<int>().ShouldBe(2);

    [Fact]
    public void What_stands_in_files_is_taken_in_and_changed()
    {
        var config = Load(Single, "--execution_job_configs.0.dj_configs.process.filter.min", "7", "--execution_job_configs.1.extra_configs.sizes.1", "5");
        config.Pipelines[0].Jobs[0].DjConfigs!.Path.ShouldBeNull();
        config.Pipelines[0].Jobs[0].DjConfigs!.Value!.ToJsonString().ShouldBe("""{"np":1,"process":[{"filter":{"min":7}}]}""");
        config.Pipelines[0].Jobs[1].ExtraConfigs!.Value!["sizes"]!.ToJsonString().ShouldBe("[1,5]");

        var job = Load(Several, "--a.execution_job_configs.0.extra_configs.order", "2").Pipelines[0].Jobs[0];
        (job.JobFile, job.ExtraConfigs!.Value!["order"]!.GetValue<int>()).ShouldBe((null, 2));
    }

    [Fact]
    public void Keys_that_are_missing_are_made() =>
        Load(Single, "--execution_job_configs.1.local", "{extra_configs.order: 4}", "--execution_job_configs.0.retry.max_attempts=2")
            .Pipelines[0].Jobs.Select(j => (j.Local.Count, j.Retry?.MaxAttempts)).ShouldBe([(0, (int?)2), (1, null)]);

    [Theory]
    [InlineData("max_iter_num", "max_iter_num: is no override: write --key value or --key=value.")]
    [InlineData("--max_iter_num", "--max_iter_num: the override has no value: write --key value or --key=value.")]
    [InlineData("--max_iter_num=x", "--max_iter_num: \"max_iter_num\" must be a whole number from 0, not the text \"x\".")]
    [InlineData("--max_iter_nun=3", "--max_iter_nun: there is no key and no pipeline \"max_iter_nun\". Did you mean \"max_iter_num\"?")]
    [InlineData("--execution_job_configs.5.hook=x", "--execution_job_configs.5.hook: \"5\" is none of the 2 items of the list at s.yaml:3:3: write a number from 0, or a name.")]
    [InlineData("--execution_job_configs.1.extra_configs.order.x=1", "--execution_job_configs.1.extra_configs.order.x: \"x\" cannot be set: s.yaml:8:28 is 3.")]
    [InlineData("--execution_job_configs.1.extra_configs.bad=1", "--execution_job_configs.1.extra_configs.bad: unknown option \"bad\".")]
    [InlineData("--execution_job_configs.1.hook=TrainModlHook", "--execution_job_configs.1.hook: there is no hook \"TrainModlHook\". Did you mean \"TrainModelHook\"?")]
    [InlineData("--iter_targets=a.b.c", "--iter_targets: the target \"a.b.c\" compares nothing: write <pipeline>.<meta_name>.<output>, one of > >= < <= ==, and a number.")]
    [InlineData("--a..b=1", "--a..b: the key has an empty part: write names with single dots between them.")]
    public void Faults_name_the_option(string option, string expected) =>
        Loading.Faults(Single, Files(), null, option).Where(f => !f.Contains("warning", StringComparison.Ordinal)).ShouldBe([expected]);

    [Fact]
    public void A_snapshot_loads_the_same_config_whatever_became_of_the_files()
    {
        var first = Load(Several, "--b.judge.extra_configs.order", "9");
        var changed = new MemoryFiles().Add("s.yaml", "project_name: other\n").Add("job.yaml", "hook: Unknown\n");
        var again = new SandboxConfigLoader(new SnapshotConfigFiles([first.Source!, .. first.Files], changed), new StubKnowledge())
            .Load(first.Path, first.Overrides).Config.ShouldNotBeNull();
        again.Pipelines[1].Jobs[0].ExtraConfigs!.Value!["order"]!.GetValue<int>().ShouldBe(9);
        again.Files.ShouldBe(first.Files);
    }

    private static MemoryFiles Files() => new MemoryFiles()
        .Add("r.yaml", "np: 1\nprocess:\n  - filter: {min: 1}\n")
        .Add("job.yaml", "hook: ProcessDataHook\nmeta_name: make\n");

    private static SandboxConfig Load(string yaml, params string[] overrides)
    {
        var result = Loading.Load(yaml, Files(), null, overrides);
        return result.Config.ShouldNotBeNull(string.Join("; ", result.Faults));
    }
}
