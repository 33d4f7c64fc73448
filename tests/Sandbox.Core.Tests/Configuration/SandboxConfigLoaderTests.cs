using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Tests.Configuration;

public sealed class SandboxConfigLoaderTests
{
    [Fact]
    public void Everything_a_config_may_say_is_read()
    {
        var files = new MemoryFiles().Add("recipe.yaml", "np: 2\nprocess: []\n").Add("train.json", "{\"lr\": 3e-4}").Add("in.jsonl");
        var config = Loading.Load(
            """
            project_name: p
            experiment_name: e
            work_dir: ./out
            resume: true
            debug: 'true'
            hpo_config: null
            max_iter_num: 3
            iter_targets: a.judge.score >= 0.5
            iter_targets_mode: any
            iter_updater: {a.make.data: a.make.dj_configs.np}
            pipelines:
              - a:
                  execution_job_configs:
                    - hook: ProcessDataHook
                      meta_name: make
                      dj_configs: recipe.yaml
                      extra_configs:
                      output: data
                      local: {dj_configs.np: 4}
                      retry: {max_attempts: 3, backoff: 250ms}
                      timeout: 1h30m
                    - hook: TrainModelHook
                      meta_name:
                      extra_configs: train.json
                      input: {extra_configs.data_path: -1.data}
                  evaluation_job_configs:
                    - {hook: EvaluateDataHook, meta_name: judge, output: [results, score], extra_configs: {data_path: in.jsonl}}
              - b:
            """,
            files).Config.ShouldNotBeNull();

        (config.ProjectName, config.ExperimentName, config.WorkDir, config.Resume, config.Debug, config.Hpo, config.IsSinglePipeline)
            .ShouldBe(("p", "e", "./out", true, true, null, false));
        (config.MaxIterNum, config.IterTargetsMode).ShouldBe((3, "any"));
        config.IterTargets.ShouldBe(["a.judge.score >= 0.5"]);
        config.IterUpdater["a.make.data"].ShouldBe("a.make.dj_configs.np");
        config.Pipelines.Select(p => (p.Name, p.Jobs.Count)).ShouldBe([("a", 3), ("b", 0)]);
        var make = config.Pipelines[0].Jobs[0];
        (make.Stage, make.Index, make.Hook, make.MetaName, make.JobFile, make.ExtraConfigs).ShouldBe((Stage.Execute, 0, "ProcessDataHook", "make", null, null));
        make.DjConfigs!.Path.ShouldBe("recipe.yaml");
        make.DjConfigs.Value!["np"]!.GetValue<int>().ShouldBe(2);
        make.Local["dj_configs.np"]!.GetValue<int>().ShouldBe(4);
        (make.Retry, make.Timeout).ShouldBe((new RetryOptions(3, TimeSpan.FromMilliseconds(250)), TimeSpan.FromMinutes(90)));
        make.Output.ShouldBe(["data"]);
        make.Location.ShouldBe(new SourceLocation("s.yaml", 14, 11));
        config.Pipelines[0].Jobs[1].MetaName.ShouldBeNull();
        config.Pipelines[0].Jobs[1].Input["extra_configs.data_path"].ShouldBe("-1.data");
        config.Files.Select(f => f.Path).ShouldBe(["recipe.yaml", "train.json"]);
        config.Source!.Path.ShouldBe("s.yaml");
        config.Files[0].Sha256.Length.ShouldBe(64);
    }

    [Fact]
    public void Pipelines_may_be_a_map()
    {
        var config = Loading.Load("pipelines:\n  one:\n    probe_job_configs:\n      - hook: GeneralProbeHook\n  two:\n").Config.ShouldNotBeNull();
        config.Pipelines.Select(p => p.Name).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Top_level_lists_are_the_anonymous_pipeline_in_order_of_stages()
    {
        var config = Loading.Load("evaluation_job_configs: [{hook: EvaluateDataHook}]\nprobe_job_configs: [{hook: GeneralProbeHook}]\nrefine_recipe_job_configs:\n").Config.ShouldNotBeNull();
        config.IsSinglePipeline.ShouldBeTrue();
        config.Pipelines.ShouldHaveSingleItem().Name.ShouldBe("anonymous");
        config.Pipelines[0].Jobs.Select(j => j.Stage).ShouldBe([Stage.Probe, Stage.Evaluate]);
    }

    [Fact]
    public void A_job_may_stand_in_a_file_of_its_own()
    {
        var files = new MemoryFiles().Add("job.yaml", "hook: GeneralProbeHook\nextra_configs:\n  bad: 1\n");
        Loading.Faults("probe_job_configs:\n  - job.yaml\n", files).ShouldBe(["job.yaml:3:3: unknown option \"bad\"."]);
        Loading.Load("probe_job_configs:\n  - job.yaml\n", files.Add("job.yaml", "hook: GeneralProbeHook\n"))
            .Config!.Pipelines[0].Jobs[0].JobFile.ShouldBe("job.yaml");
    }

    [Fact]
    public void All_faults_of_all_files_come_at_once_in_order()
    {
        var files = new MemoryFiles()
            .Add("r.yaml", "np: 1\nnp: 2\nprocess:\n  - filter:\n      bad: 1\n")
            .Add("x.json", "{\n  \"deep\": {\"bad\": 1}\n}");
        Loading.Faults(
            """
            projectname: p
            resume: maybe
            max_iter_num: -1
            execution_job_configs:
              - hook: ProcesDataHook
                dj_configs: r.yaml
              - hook: ProcessDataHook
                meta_nam: x
                dj_configs: r.yaml
                extra_configs: x.json
                timeout: 30
              - hook: TrainModelHook
                dj_configs: gone.yaml
                input: {extra.x: -1.0}
            """,
            files).ShouldBe(
        [
            "s.yaml:1:1: a sandbox config has no key \"projectname\". Did you mean \"project_name\"?",
            "s.yaml:2:9: \"resume\" must be true or false, not the text \"maybe\".",
            "s.yaml:3:15: \"max_iter_num\" must be a whole number from 0, not -1.",
            "s.yaml:5:11: there is no hook \"ProcesDataHook\". Did you mean \"ProcessDataHook\"?",
            "s.yaml:8:5: a job has no key \"meta_nam\"; options of the component belong under extra_configs. Did you mean \"meta_name\"?",
            "s.yaml:11:14: \"timeout\": \"30\" is no duration: write a number and a unit (ms, s, m, h, d), as in 10s or 1h30m. Did you mean \"30s\"?",
            "s.yaml:13:17: the recipe \"gone.yaml\" does not exist (looked for /run/gone.yaml): mend the path, or run in the directory that it starts from.",
            "s.yaml:14:13: input cannot set \"extra.x\": the key must start with dj_configs or extra_configs.",
            "r.yaml:2:1: the key \"np\" is given twice (first in line 1): remove one of them.",
            "r.yaml:5:7: unknown option \"bad\".",
            "x.json:2:12: unknown option \"bad\".",
        ]);
    }

    [Theory]
    [InlineData("", "s.yaml:1:1: the file is empty: a sandbox config is a mapping of keys such as project_name, pipelines, probe_job_configs.")]
    [InlineData("- a\n", "s.yaml:1:1: the file holds a list: a sandbox config is a mapping of keys such as project_name, pipelines, probe_job_configs.")]
    [InlineData("meta_name: x\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:1:1: a sandbox config has no key \"meta_name\". It belongs to a job: indent it below one.")]
    [InlineData("pipelines: [{a: }]\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:2:1: \"probe_job_configs\" cannot stand beside \"pipelines\": move the list into a pipeline of its own, or remove \"pipelines\".")]
    [InlineData("pipelines: [{a: }, {a: }]\n", "s.yaml:1:21: there are two pipelines called \"a\" (first in line 1): give each a name of its own.")]
    [InlineData("pipelines: [{a: , b: }]\n", "s.yaml:1:13: the item holds 2 keys (\"a\", \"b\" …): indent the job lists below the name, and give each pipeline a \"-\" of its own.")]
    [InlineData("pipelines: [a]\n", "s.yaml:1:13: a pipeline is a mapping of its name to its job lists, not the text \"a\".")]
    [InlineData("pipelines: {a: {resume: true}}\n", "s.yaml:1:17: a pipeline has no key \"resume\": it has probe_job_configs, refine_recipe_job_configs, execution_job_configs, evaluation_job_configs. It is a setting of the whole file: move it to the top.")]
    [InlineData("probe_job_configs: {hook: GeneralProbeHook}\n", "s.yaml:1:20: \"probe_job_configs\" must be a list of jobs (\"- hook: …\"), not a mapping.")]
    [InlineData("probe_job_configs: [{meta_name: x}]\n", "s.yaml:1:21: the job has no \"hook\": name the hook that it runs, as in \"hook: ProcessDataHook\".")]
    [InlineData("probe_job_configs: [job.txt]\n", "s.yaml:1:21: a job is a mapping or a path that ends with .yaml, .yml or .json, not the text \"job.txt\".")]
    [InlineData("probe_job_configs: [job.yaml]\n", "s.yaml:1:21: the job file \"job.yaml\" does not exist (looked for /run/job.yaml): mend the path, or run in the directory that it starts from.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, retry: 3}]\n", "s.yaml:1:53: \"retry\" must be a mapping: write retry: {max_attempts: 3, backoff: 10s}.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, retry: {max_attempt: 3}}]\n", "s.yaml:1:54: retry has no key \"max_attempt\": it has max_attempts and backoff. Did you mean \"max_attempts\"?")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, retry: {max_attempts: 0}}]\n", "s.yaml:1:68: \"max_attempts\" must be a whole number from 1, not 0.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, output: [a, a]}]\n", "s.yaml:1:58: the output \"a\" is named twice: give each result a name of its own.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, output: {a: b}}]\n", "s.yaml:1:54: \"output\" must be text or a list of text, not a mapping.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, local: {dj_config.x: 1}}]\n", "s.yaml:1:54: local cannot set \"dj_config.x\": the key must start with dj_configs or extra_configs. Did you mean \"dj_configs\"?")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, extra_configs: [1]}]\n", "s.yaml:1:61: \"extra_configs\" must be a mapping or the path of a YAML or JSON file, not a list.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, dj_configs: '<later>'}]\n", "s.yaml:1:58: \"dj_configs\" is the text \"<later>\", which is no path of a .yaml, .yml or .json file; if an earlier job gives it, add \"dj_configs: -1.<output>\" to input.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, extra_configs: {a: 1}, local: {extra_configs.a.b: 1}}]\n", "s.yaml:1:77: local \"extra_configs.a.b\": extra_configs.a is 1, so it has no \"b\".")]
    [InlineData("hpo_config: sweep.yaml\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:1:13: the sweep config \"sweep.yaml\" does not exist (looked for /run/sweep.yaml): mend the path, or run in the directory that it starts from.")]
    [InlineData("max_iter_num: 0\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:1:15: \"max_iter_num\" is 0, which means until the targets are met, and there are none: set iter_targets, or a number from 1.")]
    [InlineData("max_iter_num: 1000000000000\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:1:15: \"max_iter_num\" must be at most 2147483647, not 1000000000000.")]
    [InlineData("probe_job_configs: [{hook: GeneralProbeHook, timeout: -5}]\n", "s.yaml:1:55: \"timeout\": \"-5\" is no duration: write a number and a unit (ms, s, m, h, d), as in 10s or 1h30m.")]
    [InlineData("iter_targets_mode: each\nprobe_job_configs: [{hook: GeneralProbeHook}]\n", "s.yaml:1:20: \"iter_targets_mode\" must be all or any, not \"each\".")]
    public void Faults_say_where_what_and_how_to_mend(string yaml, string expected) =>
        Loading.Faults(yaml).ShouldBe([expected]);

    [Fact]
    public void A_missing_config_says_where_it_was_looked_for()
    {
        var result = new SandboxConfigLoader(new MemoryFiles(), new StubKnowledge()).Load("no.yaml");
        result.Config.ShouldBeNull();
        result.Faults.ShouldHaveSingleItem().ToString().ShouldBe(
            "no.yaml: the config \"no.yaml\" does not exist (looked for /run/no.yaml): mend the path, or run in the directory that it starts from.");
    }

    [Fact]
    public void A_hook_outside_its_stage_and_a_config_without_jobs_are_warnings()
    {
        var result = Loading.Load("evaluation_job_configs: [{hook: GeneralProbeHook}]\n");
        result.Config.ShouldNotBeNull();
        result.Faults.Select(f => f.ToString()).ShouldBe(
            ["s.yaml:1:33: warning: GeneralProbeHook belongs in probe_job_configs; it runs here too, as a job of evaluation_job_configs."]);
        Loading.Faults("project_name: x\n").ShouldBe(["s.yaml:1:1: warning: the config has no jobs: there is nothing to run."]);
    }

    [Fact]
    public void A_recipe_that_many_jobs_use_is_wrong_only_once()
    {
        var files = new MemoryFiles().Add("r.yaml", "bad: 1\n");
        Loading.Faults("probe_job_configs:\n  - {hook: GeneralProbeHook, dj_configs: r.yaml}\n  - {hook: GeneralProbeHook, dj_configs: r.yaml}\n", files)
            .ShouldBe(["r.yaml:1:1: unknown option \"bad\"."]);
    }

    [Fact]
    public void More_outputs_than_results_are_a_fault_and_fewer_are_not()
    {
        var two = new StubKnowledge { Results = _ => 2 };
        Loading.Faults("probe_job_configs: [{hook: GeneralProbeHook, output: [a, b, c]}]\n", null, two)
            .ShouldBe(["s.yaml:1:61: output names 3 results, and GeneralProbeHook gives 2 here: remove \"c\"."]);
        Loading.Faults("probe_job_configs: [{hook: GeneralProbeHook, output: a}]\n", null, two).ShouldBeEmpty();
    }

    [Fact]
    public void Local_is_applied_before_the_options_are_checked()
    {
        var knowledge = new StubKnowledge();
        Loading.Faults(
            "execution_job_configs:\n  - hook: ProcessDataHook\n    dj_configs: {np: 1, process: [{f: {min: 1}}]}\n    local: {dj_configs.np: 2, dj_configs.process.0.f.min: 5, extra_configs.bad: 1}\n",
            null,
            knowledge).ShouldBe(["s.yaml:4:62: unknown option \"bad\"."]);
        knowledge.Inspected[0].DjConfigs!.ToJsonString().ShouldBe("""{"np":2,"process":[{"f":{"min":5}}]}""");
    }

    [Fact]
    public void Any_mapping_gives_a_config_or_faults()
    {
        var random = new Random(11);
        string[] keys = [.. ConfigKeys.Settings, .. ConfigKeys.Job, .. Stage.BuiltIn.Select(s => s.ConfigKey), "a", "max_attempts", "dj_configs.x", "extra_configs.y.0"];
        string[] scalars = ["a", "-1.a", "a.b.c", "ProcessDataHook", "0", "1", "true", "''", "~", "r.yaml", "s.yaml", "10s", "a.a.a >= 1", "a.a.dj_configs.x", "<x>", "1e400"];
        for (var i = 0; i < 3000; i++)
        {
            var yaml = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{keys[random.Next(keys.Length)]}: {Value(0)}\n"));
            var result = Loading.Load(yaml, new MemoryFiles().Add("r.yaml", "a: 1\n"));
            (result.Config is null).ShouldBe(result.Faults.Any(f => f.Severity == FaultSeverity.Error), yaml);
        }

        string Value(int depth) => random.Next(depth > 5 ? 1 : 4) switch
        {
            0 => scalars[random.Next(scalars.Length)],
            1 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Value(depth + 1)))}]",
            _ => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(6)).Select(_ => $"{keys[random.Next(keys.Length)]}: {Value(depth + 1)}"))}}}",
        };
    }
}
