using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Runs;

public class MendedRunTests
{
    [Fact]
    public async Task Finished_jobs_count_as_long_as_config_and_inputs_are_unchanged()
    {
        await using var site = new RunSite();
        site.Write("in.txt", "1");
        site.Hook.Script("read", async (context, token) =>
            HookResult.One(await File.ReadAllTextAsync(context.Files.ResolveRead("in.txt"), token)));
        site.Hook.Script("last", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync(Yaml.Of("read", "config|extra_configs: {x: 1}", "same", "last"));
        end.State.ShouldBe(RunStates.Failed);

        site.Write("in.txt", "2");
        site.Hook.Script("last", _ => HookResult.One("done"));
        await site.MendAsync(end.RunId, Yaml.Of("read", "config|extra_configs: {x: 2}", "same", "last|extra_configs: {mended: true}"));
        (await site.WorkAsync(end.RunId)).State.ShouldBe(RunStates.Finished);
        site.Hook.Calls.ShouldBe(["read", "config", "same", "last", "read", "config", "last"]);

        var run = await site.Queries.GetAsync(end.RunId, default);
        run.Jobs.Select(j => (j.MetaName, j.Origin)).ShouldBe([("read", "run"), ("config", "run"), ("same", "reused"), ("last", "run")]);
    }

    [Fact]
    public async Task A_job_that_is_put_before_finished_ones_leaves_their_results_standing()
    {
        await using var site = new RunSite();
        site.Hook.Script("last", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync(Yaml.Of("first|extra_configs: {x: 1}", "second|extra_configs: {x: 2}", "last"));

        site.Hook.Script("last", _ => HookResult.One("done"));
        await site.MendAsync(
            end.RunId, Yaml.Of("new|extra_configs: {x: 0}", "first|extra_configs: {x: 1}", "second|extra_configs: {x: 3}", "last|extra_configs: {mended: true}"));
        (await site.WorkAsync(end.RunId)).State.ShouldBe(RunStates.Finished);

        site.Hook.Calls.ShouldBe(["first", "second", "last", "new", "second", "last"]);
        (await site.Queries.GetAsync(end.RunId, default)).Jobs.Select(j => (j.MetaName, j.Origin))
            .ShouldBe([("new", "run"), ("first", "reused"), ("second", "run"), ("last", "run")]);
    }

    [Fact]
    public async Task A_job_that_asked_for_a_result_runs_again_when_the_result_is_another()
    {
        await using var site = new RunSite();
        var analysis = 1;
        site.Hook.Script("probe", context =>
        {
            context.Watcher.Watch("analysis", analysis);
            return HookResult.None;
        });
        site.Hook.Script("refine", async (context, token) => HookResult.One((await context.Watcher.QueryAsync("analysis", token))?.DeepClone()));
        site.Hook.Script("last", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync(Yaml.Of("probe|extra_configs: {x: 1}", "refine", "last"));

        analysis = 2;
        await site.MendAsync(end.RunId, Yaml.Of("probe|extra_configs: {x: 2}", "refine", "last"));
        await site.WorkAsync(end.RunId);
        site.Hook.Calls.ShouldBe(["probe", "refine", "last", "probe", "refine", "last"]);

        await site.MendAsync(end.RunId, Yaml.Of("probe|extra_configs: {x: 2}", "refine", "last|extra_configs: {y: 1}"));
        await site.WorkAsync(end.RunId);
        site.Hook.Calls.Skip(6).ShouldBe(["last"], "the analysis is the same");
        var jobs = (await site.Queries.GetAsync(end.RunId, default)).Jobs;
        jobs.Count.ShouldBe(3);
        (await site.Get<TrackingStore>().ResultsAsync(end.RunId, "analysis", default))[^1].JobId.ShouldBe(jobs[0].Id, "reused results are the new job's, too");
    }

    [Fact]
    public async Task A_literal_path_does_not_mean_what_a_later_job_wrote_before_the_config_was_mended()
    {
        await using var site = new RunSite();
        var seen = new List<string>();
        site.Write("data.txt", "given");
        site.Hook.Script("first", context =>
        {
            seen.Add(context.Files.ResolveRead("data.txt"));
            return HookResult.None;
        });
        site.Hook.Script("second", context =>
        {
            File.WriteAllText(context.Files.ResolveWrite("data.txt"), "written");
            return HookResult.None;
        });
        site.Hook.Script("last", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync(Yaml.Of("first|extra_configs: {x: 1}", "second", "last"));
        await site.MendAsync(end.RunId, Yaml.Of("first|extra_configs: {x: 2}", "second", "last"));
        await site.WorkAsync(end.RunId);
        seen.ShouldBe([site.PathOf("data.txt"), site.PathOf("data.txt")]);
    }

    [Fact]
    public async Task A_list_of_one_that_a_job_recorded_is_not_unpacked_again()
    {
        await using var site = new RunSite();
        site.Hook.Script("list", _ => HookResult.One(new JsonArray(new JsonArray("x"))));
        site.Hook.Script("last", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync(Yaml.Of("list", "last"));
        await site.MendAsync(end.RunId, Yaml.Of("list|output: [names]", "last"));
        await site.WorkAsync(end.RunId);
        var job = (await site.Queries.GetAsync(end.RunId, default)).Jobs[0];
        job.Origin.ShouldBe("reused");
        job.Outputs!.ToJsonString().ShouldBe("""{"names":["x"]}""");
    }

    [Fact]
    public async Task A_context_file_of_another_home_counts_once_and_until_its_job_is_mended()
    {
        await using var site = new RunSite();
        site.Write("out/context_infos.json", """
            [{"iter": 1, "pipeline_infos": [{"pipeline_name": "one", "job_infos": [{"meta_name": "a", "0": "from the file"}]}]}]
            """);
        site.Hook.Script("b", _ => throw new JobFailedException("stop here"));
        string Config(string a) => "resume: true\n" + Yaml.Head + "pipelines:\n"
            + $"  - one:\n      execution_job_configs:\n        - {{hook: ScriptedHook, meta_name: a, extra_configs: {{x: {a}}}}}\n"
            + "  - two:\n      execution_job_configs:\n        - {hook: ScriptedHook, meta_name: b, input: {extra_configs.from: one.a.0}, extra_configs: {}}\n";
        var end = await site.RunAsync(Config("1"));
        site.Hook.Calls.ShouldBe(["b"]);
        site.Read("out/context_infos.json").ShouldContain("from the file");

        await site.MendAsync(end.RunId, Config("2"));
        await site.WorkAsync(end.RunId);
        site.Hook.Calls.ShouldBe(["b", "a", "b"], "the file knew nothing of the mended config");
    }

    [Fact]
    public async Task A_broken_context_file_is_told_with_its_place_and_left_alone()
    {
        await using var site = new RunSite();
        const string Broken = "[{\"iter\": 1,\n \"pipeline_infos\": }]";
        site.Write("out/context_infos.json", Broken);
        var fault = await Should.ThrowAsync<FaultException>(() => site.StartAsync("resume: true\n" + Yaml.Of("a")));
        fault.Message.ShouldContain("context_infos.json:2:");
        site.Read("out/context_infos.json").ShouldBe(Broken);
        (await site.Queries.ListAsync(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_start_with_a_context_file_keeps_what_the_file_had()
    {
        await using var site = new RunSite();
        site.Write("out/context_infos.json", """
            [{"iter": 1, "pipeline_infos": [{"pipeline_name": "two", "job_infos": [{"meta_name": "b", "0": "from the file"}]}]}]
            """);
        site.Hook.Script("a", _ => throw new JobFailedException("stop here"));
        var end = await site.RunAsync("resume: true\n" + Yaml.Head + "pipelines:\n"
            + "  - one:\n      execution_job_configs: [{hook: ScriptedHook, meta_name: a}]\n"
            + "  - two:\n      execution_job_configs: [{hook: ScriptedHook, meta_name: b}]\n");
        end.State.ShouldBe(RunStates.Failed);
        site.Read("out/context_infos.json").ShouldContain("from the file");
    }
}
